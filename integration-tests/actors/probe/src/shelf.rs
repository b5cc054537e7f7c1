//! One map in a state of its own, in any of the layouts that are compared.

use fvm_shared::econ::TokenAmount;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::{Cold, Hot, Layout, Map, Official, Root, Top, Tree};
use holdfast_runtime::method::{Answer, Handle};
use holdfast_runtime::state::{State, Version};
use holdfast_runtime::{ActorError, Runtime};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{ProbeActor, ProbeError, ShelfParams, method};

/// A state that is nothing but a map.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Shelf<T>(pub(crate) Version<1>, pub(crate) T);

impl<T: Serialize + DeserializeOwned> State for Shelf<T> {
    const VERSION: Option<u64> = Some(1);
}

macro_rules! layouts {
    ($($name:ident, $bits:literal, $bucket:literal;)+) => {$(
        enum $name {}

        impl Layout for $name {
            const BIT_WIDTH: u32 = $bits;
            const BUCKET: usize = $bucket;
        }
    )+};
}

layouts! {
    ThreeByFour, 3, 4;
    TwoBySix, 2, 6;
    ThreeByTwo, 3, 2;
    ThreeByEight, 3, 8;
    FourByTwo, 4, 2;
}

impl Handle<method::Put> for ProbeActor {
    fn handle<R: Runtime>(rt: &mut R, _: Caller, params: ShelfParams) -> Result<(), ActorError> {
        match params.layout {
            0 => put_tree::<R, Hot>(rt, &params),
            1 => put_tree::<R, Cold>(rt, &params),
            2 => put::<R, ThreeByFour>(rt, &params),
            3 => put::<R, TwoBySix>(rt, &params),
            4 => put::<R, ThreeByTwo>(rt, &params),
            5 => put::<R, ThreeByEight>(rt, &params),
            6 => put::<R, FourByTwo>(rt, &params),
            7 => put::<R, Official>(rt, &params),
            layout => Err(ProbeError::UnknownLayout { layout }.into()),
        }
    }
}

impl Answer<method::Get> for ProbeActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, params: ShelfParams) -> Result<Option<u64>, ActorError> {
        let value = match params.layout {
            0 => get_tree::<R, Hot>(rt, params.first)?,
            1 => get_tree::<R, Cold>(rt, params.first)?,
            2 => get::<R, ThreeByFour>(rt, params.first)?,
            3 => get::<R, TwoBySix>(rt, params.first)?,
            4 => get::<R, ThreeByTwo>(rt, params.first)?,
            5 => get::<R, ThreeByEight>(rt, params.first)?,
            6 => get::<R, FourByTwo>(rt, params.first)?,
            7 => get::<R, Official>(rt, params.first)?,
            layout => return Err(ProbeError::UnknownLayout { layout }.into()),
        };
        Ok(value.and_then(|value| u64::try_from(value.atto()).ok()))
    }
}

fn keys(params: &ShelfParams) -> impl Iterator<Item = u64> {
    let (first, count) = (params.first, params.count);
    first..first.saturating_add(count)
}

type Shelved<L> = Shelf<Option<Root<u64, TokenAmount, L>>>;

fn put<R: Runtime, L: Layout>(rt: &mut R, params: &ShelfParams) -> Result<(), ActorError> {
    rt.transaction(|shelf: &mut Shelved<L>, store| {
        let mut map = Map::load_or_empty(store, shelf.1.as_ref())?;
        keys(params).try_for_each(|key| map.set(&key, TokenAmount::from_atto(params.value)))?;
        shelf.1 = Some(map.flush()?);
        Ok(())
    })
}

/// An actor begins with null, whatever it is asked for first.
type Treed<T> = Shelf<Option<Tree<u64, TokenAmount, T>>>;

fn put_tree<R: Runtime, T: Top>(rt: &mut R, params: &ShelfParams) -> Result<(), ActorError> {
    rt.transaction(|shelf: &mut Treed<T>, store| {
        let value = TokenAmount::from_atto(params.value);
        let tree = shelf.1.get_or_insert_default();
        tree.update(store, keys(params).map(|key| (key, Some(value.clone()))))
    })
}

fn get_tree<R: Runtime, T: Top>(rt: &R, key: u64) -> Result<Option<TokenAmount>, ActorError> {
    let shelf: Treed<T> = rt.state()?;
    shelf.1.unwrap_or_default().get(rt.store(), &key)
}

fn get<R: Runtime, L: Layout>(rt: &R, key: u64) -> Result<Option<TokenAmount>, ActorError> {
    let shelf: Shelved<L> = rt.state()?;
    Map::load_or_empty(rt.store(), shelf.1.as_ref())?.get(&key)
}
