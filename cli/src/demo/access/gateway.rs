//! The gateway: hands files out to those who may read them, and answers for what it gave.

use anyhow::{Context, Result, ensure};
use fvm_ipld_encoding::{RawBytes, from_slice, to_vec};
use fvm_shared::clock::ChainEpoch;
use holdfast_api::access::{
    AccessEntry, AnchorLogParams, LogId, ProveEntryParams, READ, SetGatewayParams, method,
};
use holdfast_client::AccessLog;
use holdfast_localnet::Wallet;
use holdfast_runtime::evm::Bytes32;

use super::files::Files;
use super::scene::{Scene, path, words};
use crate::demo::tell::{chapter, fact, refused, say};

/// Grace's log of what she gave out.
pub(super) struct Gateway {
    log: AccessLog,
    entries: Vec<Vec<u8>>,
    /// The first epoch of the log.
    from: ChainEpoch,
}

impl Gateway {
    /// The hospital lets Grace anchor logs; she begins one.
    ///
    /// # Errors
    /// When the actor refuses.
    pub(super) fn named(scene: &mut Scene<'_>) -> Result<Self> {
        let hospital = scene.hospital.clone();
        let params = SetGatewayParams {
            data_set: scene.data_set,
            gateway: scene.grace.address(),
            allowed: true,
        };
        scene.tell::<method::SetGateway>(&hospital, &params)?;
        Ok(Self {
            log: AccessLog::new(),
            entries: Vec::new(),
            from: scene.chain.net.epoch(),
        })
    }

    /// Somebody wants a folder's file. Grace asks the chain, and writes down what she gives out.
    ///
    /// # Errors
    /// When the file or the chain cannot be read.
    pub(super) fn hand_out(
        &mut self,
        scene: &Scene<'_>,
        (who, folder): (&Wallet, &str),
        files: &Files,
    ) -> Result<Option<Vec<u8>>> {
        let answer = scene.may(who, READ, folder)?;
        let asked = format!(
            "{} asks for `{folder}`. {}",
            scene.name(who)?,
            words(&answer.reason)
        );
        if !answer.allowed {
            refused("grace", &asked);
            return Ok(None);
        }
        fact("grace", &asked);
        let subject = scene.chain.net.resolve(&who.address())?;
        let entry = to_vec(&AccessEntry {
            data_set: scene.data_set,
            scope: path(folder),
            subject: subject.context("a reader without an actor")?,
            action: READ,
            epoch: answer.epoch,
            ticket: None,
        })?;
        self.log.push(&entry)?;
        self.entries.push(entry);
        Ok(Some(files.fetch(folder)?))
    }

    /// Grace anchors the log, and somebody proves an entry of it.
    ///
    /// # Errors
    /// When a true entry is not proved, or a false one is.
    pub(super) fn anchored(&self, scene: &mut Scene<'_>) -> Result<()> {
        chapter("Receipts: Grace anchors her log of what she gave out, and an entry is proved");
        let grace = scene.grace.clone();
        let params = AnchorLogParams {
            data_set: scene.data_set,
            root: Bytes32(self.log.root()?),
            count: self.log.count(),
            from: self.from,
            to: scene.chain.net.epoch(),
        };
        let receipt = scene.tell::<method::AnchorLog>(&grace, &params)?;
        scene.chain.report(&receipt)?;
        let log: LogId = receipt.decode()?;
        say("  One hash stands for all entries: none can be added, changed or taken away any more.");
        let first = self.entries.first().context("an empty log")?;
        let entry: AccessEntry = from_slice(first)?;
        let (who, epoch) = ("frank", entry.epoch);
        ensure!(self.proves(scene, log, &entry)?, "the entry is not proved");
        fact(
            "ProveEntry",
            &format!("{who} was given `ward` in epoch {epoch}: proved"),
        );
        let subject = scene.chain.net.resolve(&scene.heidi.address())?;
        let false_one = AccessEntry {
            subject: subject.context("Heidi has no actor")?,
            ..entry
        };
        ensure!(!self.proves(scene, log, &false_one)?, "a false entry is proved");
        refused(
            "ProveEntry",
            &format!("heidi was given `ward` in epoch {epoch}: not proved"),
        );
        Ok(())
    }

    /// Whether an entry is proved by the path of the first one.
    fn proves(&self, scene: &Scene<'_>, log: LogId, entry: &AccessEntry) -> Result<bool> {
        scene.ask::<method::ProveEntry>(&ProveEntryParams {
            data_set: scene.data_set,
            log,
            entry: RawBytes::new(to_vec(entry)?),
            path: RawBytes::new(self.log.prove(0)?.concat()),
        })
    }
}
