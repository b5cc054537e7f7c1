//! What takes longer than two seconds says how far it is, on stderr.

use std::io::Read;
use std::time::{Duration, Instant};

use crate::output::grouped;

/// Between two words, and before the first.
const PAUSE: Duration = Duration::from_secs(2);

/// So many lines of a file are read between two looks at the clock.
pub(crate) const PROGRESS_LINES: u64 = 4_096;

/// How far something is.
pub(crate) struct Progress {
    what: &'static str,
    next: Instant,
}

impl Progress {
    /// Of something that begins now; `what` names what is counted.
    pub(crate) fn of(what: &'static str) -> Self {
        let next = Instant::now() + PAUSE;
        Self { what, next }
    }

    /// Says how much is done, when it is time to.
    pub(crate) fn at(&mut self, done: u64) {
        if Instant::now() >= self.next {
            eprintln!("{} {}", grouped(done), self.what);
            self.next = Instant::now() + PAUSE;
        }
    }
}

/// An input that tells how much was read of it.
pub(crate) struct Watched<R> {
    input: R,
    read: u64,
    mib: u64,
    progress: Progress,
}

impl<R> Watched<R> {
    /// Watches an input, with what has been done to its bytes: `MiB encrypted`.
    pub(crate) fn new(input: R, what: &'static str) -> Self {
        Self {
            input,
            read: 0,
            mib: 0,
            progress: Progress::of(what),
        }
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.read += read as u64;
        if self.read >> 20 != self.mib {
            self.mib = self.read >> 20;
            self.progress.at(self.mib);
        }
        Ok(read)
    }
}
