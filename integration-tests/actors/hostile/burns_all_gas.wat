;; Uses up all gas: exit code 7 to a caller who gave it a limit; to any other, the end of the message.
(func $misbehave (result i32)
  (call $must (call $charge (i32.const 0) (i32.const 0) (i64.const 0x7fffffffffffffff)))
  unreachable)
