//! Every hostile counterparty, and how a message ends that meets it.

use fvm_shared::address::Address;

use super::Lesson;
use super::stage;
use crate::World;

/// What a message wants of whom it calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// To be told something: any success will do, as of a receiver hook.
    Told,
    /// An answer that decodes.
    Answer,
    /// An answer that decodes, within a gas limit of its own.
    AnswerInLimit,
    /// An opinion, within a gas limit and without letting it change anything: whatever it does, the message goes on.
    Opinion,
    /// To be created. Init passes on the code of a constructor that fails, as the official one does.
    Birth,
}

/// How a message ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// With success.
    Done,
    /// With our own code for a callee that failed or gave no answer, whatever its code was: 23.
    Refused,
    /// With this code.
    Exit(u32),
    /// In no way: such a message cannot be.
    Never,
}

/// Whether an actor calls back, and what comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lessons {
    /// It does not.
    None,
    /// The call can succeed.
    Heard,
    /// The call has too little gas, or is undone.
    Unheard,
}

/// A hostile counterparty.
#[derive(Debug)]
pub struct Hostile {
    /// Its name, that of its file in `actors/hostile`.
    pub name: &'static str,
    /// The exit code that the machine shows of it.
    pub looks: u32,
    pub(super) made: Made,
    lessons: Lessons,
    told: Ends,
    answer: Ends,
    answer_in_limit: Ends,
    birth: Ends,
}

/// Where it comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Made {
    /// An actor of its own code: the text of its behaviour.
    Code(&'static str),
    /// An actor that every network has.
    Real(fn(&mut World) -> Address),
}

macro_rules! hostile {
    ($name:ident, $looks:literal, $lessons:ident, $ends:expr) => {
        hostile(
            stringify!($name),
            Made::Code(include_str!(concat!(
                "../../actors/hostile/",
                stringify!($name),
                ".wat"
            ))),
            $looks,
            Lessons::$lessons,
            $ends,
        )
    };
    (real $name:ident, $looks:literal, $ends:expr) => {
        hostile(
            stringify!($name),
            Made::Real(stage::$name),
            $looks,
            Lessons::None,
            $ends,
        )
    };
}

use Ends::{Done, Exit, Never, Refused};

/// All of them. The columns are name, exit code that the machine shows of it, whether it calls back, and how a message ends:
/// told, answer, answer within a limit, birth.
#[rustfmt::skip]
pub const HOSTILES: &[Hostile] = &[
    hostile!(answers_nothing,              0, None,    [Done,     Refused,  Refused,  Done]),
    hostile!(answers_garbage,              0, None,    [Done,     Refused,  Refused,  Done]),
    hostile!(answers_raw,                  0, None,    [Done,     Refused,  Refused,  Done]),
    hostile!(answers_a_megabyte,           0, None,    [Refused,  Refused,  Refused,  Done]),
    hostile!(answers_a_missing_block,     11, None,    [Refused,  Refused,  Refused,  Refused]),
    hostile!(refuses,                    100, None,    [Refused,  Refused,  Refused,  Exit(100)]),
    hostile!(refuses_with_a_megabyte,    100, None,    [Refused,  Refused,  Refused,  Exit(100)]),
    hostile!(exits_like_the_machine,       9, None,    [Refused,  Refused,  Refused,  Refused]),
    hostile!(exits_with_a_missing_block,  10, None,    [Exit(10), Exit(10), Exit(10), Exit(10)]),
    hostile!(traps,                        4, None,    [Refused,  Refused,  Refused,  Refused]),
    hostile!(overflows_its_stack,          4, None,    [Refused,  Refused,  Refused,  Refused]),
    hostile!(burns_all_gas,                7, None,    [Exit(7),  Exit(7),  Refused,  Exit(7)]),
    hostile!(vanishes,                     0, None,    [Done,     Refused,  Refused,  Done]),
    hostile!(calls_back,                   0, Heard,   [Done,     Refused,  Refused,  Done]),
    hostile!(calls_back_with_little_gas,   0, Unheard, [Done,     Refused,  Refused,  Done]),
    hostile!(calls_back_and_refuses,     100, Unheard, [Refused,  Refused,  Refused,  Exit(100)]),
    // Whoever sends to one of these may mean it; whoever asks it has no answer.
    hostile!(real ethaccount,              0,          [Done,     Refused,  Refused,  Never]),
    hostile!(real placeholder,             0,          [Done,     Refused,  Refused,  Never]),
    hostile!(real empty_fallback,          0,          [Done,     Refused,  Refused,  Never]),
];

const fn hostile(name: &'static str, made: Made, looks: u32, lessons: Lessons, ends: [Ends; 4]) -> Hostile {
    let [told, answer, answer_in_limit, birth] = ends;
    Hostile {
        name,
        looks,
        made,
        lessons,
        told,
        answer,
        answer_in_limit,
        birth,
    }
}

impl Hostile {
    /// How a message ends that wants this of it.
    pub fn ends(&self, asks: Asks) -> Ends {
        match asks {
            Asks::Told => self.told,
            Asks::Answer => self.answer,
            Asks::AnswerInLimit => self.answer_in_limit,
            Asks::Opinion if self.answer_in_limit == Refused => Done,
            Asks::Opinion => self.answer_in_limit,
            Asks::Birth => self.birth,
        }
    }

    /// Whether what it calls back with has an effect in a message that succeeds.
    pub fn is_heard(&self) -> bool {
        self.lessons == Lessons::Heard
    }

    /// What it is taught, one after the other: nothing, once, if it does not call back.
    pub(super) fn lessons(&self, lessons: impl FnOnce() -> Vec<Lesson>) -> Vec<Option<Lesson>> {
        if self.lessons == Lessons::None {
            return vec![None];
        }
        lessons().into_iter().map(Some).collect()
    }
}

impl Ends {
    /// The exit code. On the Ethereum face every code of an actor is that of a revert.
    pub fn code(self, ethereum: bool) -> u32 {
        let code = match self {
            Done => 0,
            Refused => 23,
            Exit(code) => code,
            Never => panic!("such a message cannot be"),
        };
        if ethereum && code >= 16 { 33 } else { code }
    }
}
