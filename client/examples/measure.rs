//! Prints how long the work of owners, readers and gateways takes: an allow-list of a million subjects, and 1 GiB of a
//! file. The README has the figures.

use std::io::{self, Read};
use std::time::Instant;

use holdfast_client::tree::leaf;
use holdfast_client::{AllowList, EpochKey, ReaderKey, Result, decrypt, encrypt, envelope};
use holdfast_runtime::evm::EthAddress;

const SUBJECTS: u64 = 1_000_000;
const BYTES: u64 = 1 << 30;

fn main() -> Result<()> {
    let subject = |at: u64| {
        let mut address = EthAddress::ZERO;
        address.0.copy_from_slice(&leaf(&at.to_be_bytes())[..20]);
        address
    };
    let text: String = (0..SUBJECTS).map(|at| format!("{}\n", subject(at))).collect();
    let list = timed("a million lines read and sorted", || {
        AllowList::read(text.as_bytes(), |_| {})
    })?;
    timed("their root", || list.root());
    timed("a path", || list.prove(&subject(7)))?;

    let key = EpochKey::generate();
    let mut file = Vec::with_capacity(BYTES as usize + (1 << 20));
    timed("1 GiB encrypted", || {
        encrypt(&key, &mut io::repeat(7).take(BYTES), &mut file)
    })?;
    timed("1 GiB decrypted", || {
        decrypt(&key, &mut file.as_slice(), &mut io::sink())
    })?;
    for readers in [1, 2, 14] {
        let all = vec![ReaderKey::generate().public(); readers];
        let envelope = envelope::wrap(&key, &all, None)?;
        println!("{:>8} bytes  an envelope for {readers}", envelope.len());
    }
    Ok(())
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let done = work();
    println!("{:>8} ms     {what}", began.elapsed().as_millis());
    done
}
