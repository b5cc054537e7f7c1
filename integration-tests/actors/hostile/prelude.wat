;; What every hostile actor begins with; the file of a behaviour follows.
;;
;; Created without parameters, an actor does nothing. Method 2 teaches it a lesson: eight bytes of a method number, little
;; endian, and the parameters of a call. Created with parameters, it learns them as a lesson and misbehaves at once.
;; Whatever else it is asked, it misbehaves. All calls and structures are those of `fvm_sdk::sys`.

(import "vm" "message_context" (func $message_context (param i32) (result i32)))
(import "vm" "exit" (func $exit (param i32 i32 i32 i32) (result i32)))
(import "ipld" "block_create" (func $block_create (param i32 i64 i32 i32) (result i32)))
(import "ipld" "block_link" (func $block_link (param i32 i32 i64 i32 i32 i32) (result i32)))
(import "ipld" "block_open" (func $block_open (param i32 i32) (result i32)))
(import "ipld" "block_read" (func $block_read (param i32 i32 i32 i32 i32) (result i32)))
(import "self" "root" (func $root (param i32 i32 i32) (result i32)))
(import "self" "set_root" (func $set_root (param i32) (result i32)))
(import "self" "self_destruct" (func $self_destruct (param i32) (result i32)))
(import "send" "send" (func $send (param i32 i32 i32 i64 i32 i64 i64 i64 i64) (result i32)))
(import "gas" "charge" (func $charge (param i32 i32 i64) (result i32)))

(memory (export "memory") 1)
(global $CONTEXT i32 (i32.const 0))     ;; of the message: the caller's id at 16, the method at 32
(global $OUT i32 (i32.const 128))       ;; what a syscall gives
(global $CID i32 (i32.const 256))       ;; of the state
(global $ADDRESS i32 (i32.const 384))
(global $LESSON i32 (i32.const 1024))
(global $LESSON_MAX i32 (i32.const 32768))

(global $CBOR i64 (i64.const 0x51))
(global $RAW i64 (i64.const 0x55))
(global $BLAKE2B_256 i64 (i64.const 0xb220))
(global $ALL_GAS i64 (i64.const -1))

(func (export "invoke") (param $params i32) (result i32)
  (local $method i64)
  (call $must (call $message_context (global.get $CONTEXT)))
  (local.set $method (i64.load offset=32 (global.get $CONTEXT)))
  (if (i64.gt_u (local.get $method) (i64.const 2)) (then (return (call $misbehave))))
  (if (local.get $params) (then (call $learn (local.get $params))))
  (if (i64.eq (local.get $method) (i64.const 2)) (then (return (i32.const 0))))
  (if (local.get $params) (then (return (call $misbehave))))
  (i32.const 0))

;; A syscall that has to succeed.
(func $must (param $error i32)
  (if (local.get $error) (then unreachable)))

;; A new block; gives its handle.
(func $block (param $codec i64) (param $at i32) (param $length i32) (result i32)
  (call $must (call $block_create (global.get $OUT) (local.get $codec) (local.get $at) (local.get $length)))
  (i32.load (global.get $OUT)))

;; Ends with an exit code and a block.
(func $exit_with (param $code i32) (param $block i32) (result i32)
  (drop (call $exit (local.get $code) (local.get $block) (i32.const 0) (i32.const 0)))
  unreachable)

;; Makes a lesson the state.
(func $learn (param $params i32)
  (local $length i32)
  (call $must
    (call $block_read (global.get $OUT) (local.get $params) (i32.const 0) (global.get $LESSON) (global.get $LESSON_MAX)))
  ;; It gives the distance from the buffer's end to the block's.
  (local.set $length (i32.add (global.get $LESSON_MAX) (i32.load (global.get $OUT))))
  (call $must
    (call $block_link
      (global.get $OUT) (call $block (global.get $RAW) (global.get $LESSON) (local.get $length))
      (global.get $BLAKE2B_256) (i32.const 32) (global.get $CID) (i32.const 64)))
  (call $must (call $set_root (global.get $CID))))

;; Calls the caller with what was learnt and so much gas. Whatever comes of it is ignored.
(func $call_back (param $gas i64)
  (local $size i32)
  (local $params i32)
  (call $must (call $root (global.get $OUT) (global.get $CID) (i32.const 64)))
  (call $must (call $block_open (global.get $OUT) (global.get $CID)))
  (local.set $size (i32.sub (i32.load offset=12 (global.get $OUT)) (i32.const 8)))
  ;; It was taught nothing.
  (if (i32.lt_s (local.get $size) (i32.const 0)) (then (return)))
  (call $must
    (call $block_read
      (global.get $OUT) (i32.load offset=8 (global.get $OUT)) (i32.const 0) (global.get $LESSON) (global.get $LESSON_MAX)))
  (if (local.get $size)
    (then
      (local.set $params
        (call $block (global.get $CBOR) (i32.add (global.get $LESSON) (i32.const 8)) (local.get $size)))))
  (drop
    (call $send
      (global.get $OUT) (global.get $ADDRESS) (call $caller) (i64.load (global.get $LESSON)) (local.get $params)
      (i64.const 0) (i64.const 0) (local.get $gas) (i64.const 0))))

;; Writes the caller's id address, a zero and the id in LEB128; gives its length.
(func $caller (result i32)
  (local $id i64)
  (local $end i32)
  (local.set $id (i64.load offset=16 (global.get $CONTEXT)))
  (local.set $end (i32.add (global.get $ADDRESS) (i32.const 1)))
  (loop $bytes
    (i32.store8
      (local.get $end)
      (i32.or
        (i32.wrap_i64 (i64.and (local.get $id) (i64.const 0x7f)))
        (i32.shl (i64.gt_u (local.get $id) (i64.const 0x7f)) (i32.const 7))))
    (local.set $end (i32.add (local.get $end) (i32.const 1)))
    (local.set $id (i64.shr_u (local.get $id) (i64.const 7)))
    (br_if $bytes (i64.ne (local.get $id) (i64.const 0))))
  (i32.sub (local.get $end) (global.get $ADDRESS)))
