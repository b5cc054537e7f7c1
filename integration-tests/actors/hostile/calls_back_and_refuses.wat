;; Calls back, and then exits with a code of its own.
(func $misbehave (result i32)
  (call $call_back (global.get $ALL_GAS))
  (call $exit_with (i32.const 100) (i32.const 0)))
