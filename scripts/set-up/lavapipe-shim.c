/*
 * Stands in for Chromium's libvk_swiftshader.so and hands everything on to Mesa's lavapipe, which lies beside it.
 * Chromium takes a Vulkan driver that runs on the CPU only if it can share images with the rest of the browser,
 * which lavapipe cannot, or if it is SwiftShader, for which it looks at vendor and device. So those two numbers,
 * and nothing else, are SwiftShader's here.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORTED __attribute__((visibility("default")))
#define DRIVER "libvulkan_lvp.so"

typedef void (*Function)(void);
typedef Function (*GetProcAddr)(void *instance, const char *name);

/* The head of VkPhysicalDeviceProperties. */
typedef struct {
  uint32_t api_version, driver_version, vendor_id, device_id;
} Properties;

/* VkPhysicalDeviceProperties2. */
typedef struct {
  uint32_t type;
  void *next;
  Properties properties;
} Properties2;

static GetProcAddr driver_proc_addr;
static void (*driver_properties)(void *device, Properties *properties);
static void (*driver_properties2)(void *device, Properties2 *properties);

static void disguise(Properties *properties) {
  properties->vendor_id = 0x1AE0;
  properties->device_id = 0xC0DE;
}

static void disguised_properties(void *device, Properties *properties) {
  driver_properties(device, properties);
  disguise(properties);
}

static void disguised_properties2(void *device, Properties2 *properties) {
  driver_properties2(device, properties);
  disguise(&properties->properties);
}

static void fail(const char *what) {
  fprintf(stderr, "lavapipe-shim: %s\n", what);
  abort();
}

__attribute__((constructor)) static void open_driver(void) {
  Dl_info self;
  char path[PATH_MAX];
  if (!dladdr((void *)open_driver, &self)) fail("does not know where it lies");
  const char *slash = strrchr(self.dli_fname, '/');
  int folder = slash ? (int)(slash - self.dli_fname) + 1 : 0;
  snprintf(path, sizeof path, "%.*s" DRIVER, folder, self.dli_fname);
  void *driver = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!driver) fail(dlerror());
  uint32_t version = 5;
  int (*negotiate)(uint32_t *) =
      (int (*)(uint32_t *))dlsym(driver, "vk_icdNegotiateLoaderICDInterfaceVersion");
  if (negotiate) negotiate(&version);
  driver_proc_addr = (GetProcAddr)dlsym(driver, "vk_icdGetInstanceProcAddr");
  if (!driver_proc_addr) fail("the driver has no vk_icdGetInstanceProcAddr");
}

EXPORTED Function vkGetInstanceProcAddr(void *instance, const char *name) {
  if (!strcmp(name, "vkGetInstanceProcAddr")) return (Function)vkGetInstanceProcAddr;
  Function function = driver_proc_addr(instance, name);
  if (!function) return NULL;
  if (!strcmp(name, "vkGetPhysicalDeviceProperties")) {
    driver_properties = (void (*)(void *, Properties *))function;
    return (Function)disguised_properties;
  }
  if (!strcmp(name, "vkGetPhysicalDeviceProperties2") ||
      !strcmp(name, "vkGetPhysicalDeviceProperties2KHR")) {
    driver_properties2 = (void (*)(void *, Properties2 *))function;
    return (Function)disguised_properties2;
  }
  return function;
}

EXPORTED Function vk_icdGetInstanceProcAddr(void *instance, const char *name) {
  return vkGetInstanceProcAddr(instance, name);
}
