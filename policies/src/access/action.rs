//! What can be done with data.

/// One thing that can be done, lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Fetch the ciphertext and pass it on, without being able to open it: what a storage provider or a repair bot needs.
    Relay,
    /// Open it.
    Read,
    /// Put something new in its place.
    Write,
    /// Give on what one has oneself.
    Grant,
    /// Everything that the owner does but for giving the data set away, naming its guardian, setting delays, revoking all and
    /// opening what is frozen.
    Admin,
}

impl Action {
    /// All of them, lowest first.
    pub const ALL: [Self; 5] = [Self::Relay, Self::Read, Self::Write, Self::Grant, Self::Admin];

    /// The action of a bit number.
    pub fn of_bit(bit: u8) -> Option<Self> {
        Self::ALL.get(usize::from(bit)).copied()
    }

    /// Its bit in a mask, without what it implies.
    pub fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

/// A set of actions: bit 0 is Relay, bit 4 is Admin. It is a ladder: who may write may read, who may read may relay, and
/// an admin may do everything. Grant stands beside it, so that a reader can pass reading on without being able to write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Actions(u8);

impl Actions {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// All of them.
    pub const ALL: Self = Self(0b1_1111);

    /// The set of these bits and of what they imply; none if a bit stands for no action, or if nothing is in it.
    pub fn of_bits(bits: u8) -> Option<Self> {
        let known = bits != 0 && bits & !Self::ALL.0 == 0;
        known.then(|| {
            let each = Action::ALL.into_iter().filter(|action| bits & action.bit() != 0);
            each.fold(Self::NONE, |all, action| all.with(action))
        })
    }

    /// The set with an action and what it implies.
    #[must_use]
    pub fn with(self, action: Action) -> Self {
        let implied = match action {
            Action::Relay => 0b0_0001,
            Action::Read => 0b0_0011,
            Action::Write => 0b0_0111,
            Action::Grant => 0b0_1000,
            Action::Admin => Self::ALL.0,
        };
        Self(self.0 | implied)
    }

    /// Its bits.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Whether an action is in it.
    pub fn contains(self, action: Action) -> bool {
        self.0 & action.bit() != 0
    }

    /// Whether all of its actions are in another one.
    pub fn is_within(self, outer: Self) -> bool {
        self.0 & !outer.0 == 0
    }
}
