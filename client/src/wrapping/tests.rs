//! Published numbers: what others have computed is what we compute.

use coset::AsCborValue;
use data_encoding::HEXLOWER_PERMISSIVE;

use super::*;

fn bytes(digits: &str) -> Vec<u8> {
    HEXLOWER_PERMISSIVE.decode(digits.as_bytes()).expect("hex")
}

fn exact(digits: &str) -> [u8; 32] {
    bytes(digits).try_into().expect("32 bytes")
}

/// The example p256-wrap-256-01 of the COSE working group: the curve is another, what follows the agreed secret is not.
#[test]
fn a_wrapping_key_is_the_one_of_the_cose_examples() {
    let agreed = exact("8BED545F07A7F39BD7179403C94E7D9862D0A5630217C289B8B4D953490D6D9E");
    let kek = derive(&agreed, protected(iana::Algorithm::ECDH_ES_A256KW)).unwrap();
    assert_eq!(
        *kek,
        exact("185E6208B1E0ABEE41FCD0890318FFE5320B5FB2D66B4976F7A51A9493E5B502")
    );
    let mut content = [0; 16];
    KekAes256::from(*kek)
        .unwrap(
            &bytes("E00E25B58AEADDE5A475F1D69D2A2C199E5C1F231C5B164A"),
            &mut content,
        )
        .unwrap();
    assert_eq!(content, *bytes("B2353161740AACF1F7163647984B522A"));
}

/// RFC 7748, section 6.1.
#[test]
fn readers_agree_on_the_secret_of_rfc_7748() {
    let bob = ReaderKey::from_bytes(&exact(
        "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
    ));
    assert_eq!(
        bob.public().to_string(),
        "0xde9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
    );
    let alice = exact("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    assert_eq!(
        *bob.0.diffie_hellman(&alice.into()).as_bytes(),
        exact("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")
    );
}

/// RFC 3394, section 4.6.
#[test]
fn a_key_is_wrapped_as_in_rfc_3394() {
    let kek = Secret::new(exact(
        "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F",
    ));
    let content = Secret::new(exact(
        "00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F",
    ));
    assert_eq!(
        wrap(&kek, &content).unwrap(),
        bytes("28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21")
    );
}

/// A recipient as go-fee writes it since it follows RFC 9053: the numbers of its test, which Python has computed.
#[test]
fn a_key_that_go_fee_wraps_is_unwrapped() {
    let reader = ReaderKey::from_bytes(&exact(
        "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
    ));
    let recipient = bytes(concat!(
        "8344a101381ea2",
        "045820",
        "07a37cbc142093c8b755dc1b10e86cb426374ad16aa853ed0bdfc0b2b86d1c7c",
        "20a301012004215820",
        "605a725d2a4adfeeb1a29e17edd621c1b7593ee8cdbc44ac6c4ab6e2f805d23c",
        "5828",
        "97d1e9c712912ea98727d000a9ba2f9f6a8bbb07c18696bfa6d5b7f8f2cf59177883691e7dd2e8d9",
    ));
    let recipient = ciborium::from_reader(&recipient[..]).unwrap();
    let recipient = CoseRecipient::from_cbor_value(recipient).unwrap();
    assert_eq!(
        *open(&[recipient], &reader).unwrap(),
        exact("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f")
    );
}

#[test]
fn a_recipient_is_written_as_go_fee_writes_it() {
    let reader = ReaderKey::generate();
    let recipient = for_reader(&Secret::default(), &reader.public()).unwrap();
    let written = recipient.to_cbor_value().unwrap().to_vec().unwrap();
    let hex = HEXLOWER_PERMISSIVE.encode(&written);
    assert!(hex.starts_with("8344a101381ea2045820"), "{hex}");
    assert_eq!(hex[84..102], *"20a301012004215820", "{hex}");
    assert_eq!(hex[166..170], *"5828", "{hex}");
    let key = EpochKey::generate();
    let recipient = under(&Secret::default(), &key).unwrap();
    let written = recipient.to_cbor_value().unwrap().to_vec().unwrap();
    let hex = HEXLOWER_PERMISSIVE.encode(&written);
    assert!(hex.starts_with("8343a10124a10450"), "{hex}");
}
