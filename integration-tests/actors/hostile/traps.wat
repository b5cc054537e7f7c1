;; Runs into an instruction that cannot be carried out: exit code 4.
(func $misbehave (result i32)
  unreachable)
