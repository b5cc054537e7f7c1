package lotus

import "encoding/binary"

// Opcodes of the EVM that the probe needs.
const (
	opSub         = 0x03
	opCodeCopy    = 0x39
	opBlockHash   = 0x40
	opCoinbase    = 0x41
	opTimestamp   = 0x42
	opNumber      = 0x43
	opPrevRandao  = 0x44
	opGasLimit    = 0x45
	opChainID     = 0x46
	opSelfBalance = 0x47
	opBaseFee     = 0x48
	opGas         = 0x5a
	opMstore      = 0x52
	opSstore      = 0x55
	opPush1       = 0x60
	opPush2       = 0x61
	opLog0        = 0xa0
	opReturn      = 0xf3
)

// probeDepth is how many tipsets back the probe asks for hashes.
const probeDepth = 8

// probe is the init code of a contract that asks the chain everything that a contract can ask: it stores the randomness,
// logs all answers as one word each, and returns them.
func probe() []byte {
	questions := [][]byte{
		{opPrevRandao}, {opTimestamp}, {opBaseFee}, {opChainID}, {opNumber}, {opGasLimit}, {opCoinbase}, {opSelfBalance}, {opGas},
	}
	for back := byte(1); back <= probeDepth; back++ {
		questions = append(questions, []byte{opPush1, back, opNumber, opSub, opBlockHash})
	}
	code := []byte{opPrevRandao, opPush1, 0, opSstore}
	for i, question := range questions {
		code = append(code, question...)
		code = append(code, push2(32*i)...)
		code = append(code, opMstore)
	}
	all := push2(32 * len(questions))
	code = append(code, all...)
	code = append(code, opPush1, 0, opLog0)
	code = append(code, all...)
	code = append(code, opPush1, 0, opReturn)

	const head = 14
	size := push2(len(code))
	init := append(size, opPush1, head, opPush1, 0, opCodeCopy)
	init = append(init, push2(len(code))...)
	return append(append(init, opPush1, 0, opReturn), code...)
}

func push2(value int) []byte {
	return binary.BigEndian.AppendUint16([]byte{opPush2}, uint16(value))
}
