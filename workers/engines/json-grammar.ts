/** JSON (RFC 8259) in llama.cpp's grammar notation; the answer is one object, with little white space. */
export const jsonGrammar = String.raw`
root ::= object
object ::= "{" ws (pair ("," ws pair)*)? "}"
pair ::= string ":" ws value
array ::= "[" ws (value ("," ws value)*)? "]" ws
value ::= object ws | array | string | number | ("true" | "false" | "null") ws
string ::= "\"" ([^"\\\x00-\x1f] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4}))* "\"" ws
number ::= "-"? ("0" | [1-9] [0-9]{0,15}) ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,3})? ws
ws ::= [ \n]{0,2}
`;
