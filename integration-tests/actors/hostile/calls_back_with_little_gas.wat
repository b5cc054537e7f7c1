;; Calls back with less gas than a call needs, and succeeds.
(func $misbehave (result i32)
  (call $call_back (i64.const 1000000))
  (i32.const 0))
