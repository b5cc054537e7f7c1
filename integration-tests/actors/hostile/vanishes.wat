;; Destroys itself if it may, and succeeds.
(func $misbehave (result i32)
  (drop (call $self_destruct (i32.const 1)))
  (i32.const 0))
