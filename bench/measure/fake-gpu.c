/*
 * A GPU of any speed, to measure what a page and a browser do for it: a Vulkan driver over lavapipe's that leaves
 * dispatches out and is busy for as long as they would take, without taking processor time. Copies are done; what
 * is computed is not, so buffers keep what they held.
 *
 * It stands in for the shim of scripts/set-up/lavapipe-shim.c, which lies beside it under the name SHIM. The file
 * that FAKE_GPU_SPEED names holds a double: the microseconds that a dispatch takes. It may be changed at any time.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#define EXPORTED __attribute__((visibility("default")))
#define SHIM "liblavapipe_shim.so"

typedef void (*Function)(void);
typedef Function (*GetProcAddr)(void *handle, const char *name);
typedef void *Commands;
typedef void *Queue;
typedef uint64_t Fence;

/* VkSubmitInfo. */
typedef struct {
  uint32_t type;
  const void *next;
  uint32_t wait_count;
  const uint64_t *waits;
  const uint32_t *wait_stages;
  uint32_t commands_count;
  const Commands *commands;
  uint32_t signal_count;
  const uint64_t *signals;
} Submit;

/* A submit that waits for its turn. */
typedef struct Job {
  struct Job *next;
  Queue queue;
  Fence fence;
  Submit submit;
  double busy_us;
} Job;

static struct {
  GetProcAddr instance_proc_addr, device_proc_addr;
  int (*submit)(Queue, uint32_t, const Submit *, Fence);
  int (*device_wait)(void *device);
  int (*queue_wait)(Queue);
} driver;

static const volatile double *dispatch_us;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static Job *first_job, **last_job = &first_job;
static int is_busy, has_started;

static void fail(const char *what) {
  fprintf(stderr, "fake-gpu: %s\n", what);
  abort();
}

/* How many dispatches a command buffer holds. Command buffers are used again and again, so none is ever freed. */
typedef struct Count {
  struct Count *next;
  Commands commands;
  uint32_t dispatches;
} Count;

static Count *counts[1024];

static uint32_t *dispatches_of(Commands commands) {
  Count **bucket = &counts[((uintptr_t)commands >> 6) % 1024];
  for (Count *one = *bucket; one; one = one->next) {
    if (one->commands == commands) return &one->dispatches;
  }
  Count *made = calloc(1, sizeof *made);
  if (!made) fail("out of memory");
  made->commands = commands;
  made->next = *bucket;
  *bucket = made;
  return &made->dispatches;
}

static void fake_dispatch(Commands commands, uint32_t x, uint32_t y, uint32_t z) {
  (void)x, (void)y, (void)z;
  pthread_mutex_lock(&lock);
  *dispatches_of(commands) += 1;
  pthread_mutex_unlock(&lock);
}

static void *copy_of(const void *values, size_t bytes) {
  if (bytes == 0) return NULL;
  void *copy = malloc(bytes);
  if (!copy) fail("out of memory");
  return memcpy(copy, values, bytes);
}

static double now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static void sleep_until(double us) {
  struct timespec until = {.tv_sec = (time_t)(us / 1e6)};
  until.tv_nsec = (long)((us - until.tv_sec * 1e6) * 1e3);
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL)) continue;
}

/* One job after another; a late awakening is not added to what follows. */
static void *run_jobs(void *unused) {
  double done_us = 0;
  pthread_mutex_lock(&lock);
  for (;;) {
    while (!first_job) {
      is_busy = 0;
      pthread_cond_broadcast(&changed);
      pthread_cond_wait(&changed, &lock);
    }
    Job *job = first_job;
    if (!(first_job = job->next)) last_job = &first_job;
    is_busy = 1;
    pthread_mutex_unlock(&lock);
    double now = now_us();
    done_us = (now - done_us < 200 ? done_us : now) + job->busy_us;
    if (job->busy_us > 0) sleep_until(done_us);
    driver.submit(job->queue, 1, &job->submit, job->fence);
    free((void *)job->submit.waits);
    free((void *)job->submit.wait_stages);
    free((void *)job->submit.commands);
    free((void *)job->submit.signals);
    free(job);
    pthread_mutex_lock(&lock);
  }
  return unused;
}

/* With the lock held. */
static void add_job(Queue queue, const Submit *submit, Fence fence) {
  static const Submit nothing = {.type = 4};
  if (!submit) submit = &nothing;
  if (submit->next) fail("a submit has an extension that is not known here");
  Job *job = calloc(1, sizeof *job);
  if (!job) fail("out of memory");
  job->queue = queue;
  job->fence = fence;
  job->submit = *submit;
  job->submit.waits = copy_of(submit->waits, submit->wait_count * sizeof(uint64_t));
  job->submit.wait_stages = copy_of(submit->wait_stages, submit->wait_count * sizeof(uint32_t));
  job->submit.commands = copy_of(submit->commands, submit->commands_count * sizeof(Commands));
  job->submit.signals = copy_of(submit->signals, submit->signal_count * sizeof(uint64_t));
  for (uint32_t at = 0; at < submit->commands_count; at += 1) {
    uint32_t *dispatches = dispatches_of(submit->commands[at]);
    job->busy_us += *dispatches * *dispatch_us;
    *dispatches = 0;
  }
  *last_job = job;
  last_job = &job->next;
}

static int fake_submit(Queue queue, uint32_t count, const Submit *submits, Fence fence) {
  pthread_mutex_lock(&lock);
  if (!has_started) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, run_jobs, NULL)) fail("no thread");
    has_started = 1;
  }
  if (count == 0) add_job(queue, NULL, fence);
  for (uint32_t at = 0; at < count; at += 1) {
    add_job(queue, &submits[at], at + 1 == count ? fence : 0);
  }
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
  return 0;
}

static void wait_for_jobs(void) {
  pthread_mutex_lock(&lock);
  while (first_job || (has_started && is_busy)) pthread_cond_wait(&changed, &lock);
  pthread_mutex_unlock(&lock);
}

static int fake_device_wait(void *device) {
  wait_for_jobs();
  return driver.device_wait(device);
}

static int fake_queue_wait(Queue queue) {
  wait_for_jobs();
  return driver.queue_wait(queue);
}

static Function faked(const char *name, Function function) {
  if (!function) return NULL;
#define FAKE(vulkan_name, kept, fake)          \
  if (!strcmp(name, vulkan_name)) {            \
    *(Function *)&(kept) = function;           \
    return (Function)(fake);                   \
  }
  Function left_out;
  FAKE("vkCmdDispatch", left_out, fake_dispatch)
  FAKE("vkQueueSubmit", driver.submit, fake_submit)
  FAKE("vkDeviceWaitIdle", driver.device_wait, fake_device_wait)
  FAKE("vkQueueWaitIdle", driver.queue_wait, fake_queue_wait)
#undef FAKE
  return function;
}

static Function device_proc_addr(void *device, const char *name) {
  return faked(name, driver.device_proc_addr(device, name));
}

__attribute__((constructor)) static void open_driver(void) {
  Dl_info self;
  char path[PATH_MAX];
  if (!dladdr((void *)open_driver, &self)) fail("does not know where it lies");
  const char *slash = strrchr(self.dli_fname, '/');
  int folder = slash ? (int)(slash - self.dli_fname) + 1 : 0;
  snprintf(path, sizeof path, "%.*s" SHIM, folder, self.dli_fname);
  void *shim = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!shim) fail(dlerror());
  driver.instance_proc_addr = (GetProcAddr)dlsym(shim, "vkGetInstanceProcAddr");
  const char *speed = getenv("FAKE_GPU_SPEED");
  int file = speed ? open(speed, O_RDONLY) : -1;
  void *shared = file < 0 ? MAP_FAILED : mmap(NULL, sizeof(double), PROT_READ, MAP_SHARED, file, 0);
  if (shared == MAP_FAILED) fail("FAKE_GPU_SPEED names no file");
  dispatch_us = shared;
}

EXPORTED Function vkGetInstanceProcAddr(void *instance, const char *name) {
  if (!strcmp(name, "vkGetInstanceProcAddr")) return (Function)vkGetInstanceProcAddr;
  Function function = driver.instance_proc_addr(instance, name);
  if (function && !strcmp(name, "vkGetDeviceProcAddr")) {
    driver.device_proc_addr = (GetProcAddr)function;
    return (Function)device_proc_addr;
  }
  return faked(name, function);
}

EXPORTED Function vk_icdGetInstanceProcAddr(void *instance, const char *name) {
  return vkGetInstanceProcAddr(instance, name);
}
