//! Which compiler and which WASM standard library build the actors.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::TARGET;
use crate::workspace::{ask, run, write_atomically};
use crate::{Error, Result, Workspace};

/// The variable that forces one way: `installed`, `rustup` or `debian`.
const CHOICE_VARIABLE: &str = "HOLDFAST_WASM_STD";

/// The first compiler that turns off reference types and multi-value in the code it generates.
const OLDEST_RUSTC: (u32, u32) = (1, 88);

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

/// Where the WASM standard library comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WasmStd {
    /// The pinned toolchain has the target.
    Installed,
    /// The pinned toolchain gets the target by `rustup target add`.
    Rustup,
    /// Built from the sources in Debian's `rust-web-src`, with the compiler in `rustc-web`.
    Debian,
}

impl WasmStd {
    const ALL: [Self; 3] = [Self::Installed, Self::Rustup, Self::Debian];

    /// The word that `HOLDFAST_WASM_STD` knows it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Installed => "installed",
            Self::Rustup => "rustup",
            Self::Debian => "debian",
        }
    }

    /// What a build records: the same library, whether it was there or had to be added.
    pub const fn origin(self) -> &'static str {
        match self {
            Self::Installed | Self::Rustup => "the rustup target",
            Self::Debian => "built from Debian's rust-web-src",
        }
    }

    fn parse(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|std| std.name() == text);
        found.ok_or_else(|| Error::UnknownWasmStd(text.to_owned()))
    }
}

/// A compiler with a WASM standard library.
#[derive(Clone, Debug)]
pub struct Toolchain {
    std: WasmStd,
    /// What `rustc --version` prints.
    compiler: String,
    /// The folder of the compiler that builds the actors.
    sysroot: PathBuf,
    /// The linker inside the pinned toolchain.
    linker: PathBuf,
}

impl Toolchain {
    /// Looks for a WASM standard library, adds one where there is none, and prints the choice to stderr.
    ///
    /// # Errors
    /// When there is none and none can be added, or the compiler is older than 1.88.
    pub fn choose(workspace: &Workspace) -> Result<Self> {
        let forced = match std::env::var(CHOICE_VARIABLE) {
            Ok(text) if !text.is_empty() => Some(WasmStd::parse(&text)?),
            _ => None,
        };
        let remembered = Memory::of(workspace);
        let candidates = match (forced, remembered.read()) {
            (Some(forced), _) => vec![forced],
            (None, Some(WasmStd::Debian)) => vec![WasmStd::Installed, WasmStd::Debian],
            _ => WasmStd::ALL.to_vec(),
        };
        let mut tried = Vec::new();
        for std in candidates {
            match Self::with(workspace, std) {
                Ok(toolchain) => {
                    remembered.write(std)?;
                    eprintln!("WASM standard library: {toolchain}");
                    return Ok(toolchain);
                }
                Err(old @ Error::OldCompiler { .. }) => return Err(old),
                Err(error) => tried.push(format!("  {}: {error}", std.name())),
            }
        }
        Err(Error::NoWasmStd(tried))
    }

    fn with(workspace: &Workspace, std: WasmStd) -> Result<Self> {
        let pinned = PathBuf::from(rustc(workspace, "rustc", &["--print", "sysroot"])?);
        match std {
            WasmStd::Installed => require_target(&pinned)?,
            WasmStd::Rustup => add_target(workspace, &pinned)?,
            WasmStd::Debian => require_debian_packages()?,
        }
        let program = match std {
            WasmStd::Debian => DEBIAN_RUSTC,
            _ => "rustc",
        };
        let compiler = rustc(workspace, program, &["--version"])?;
        require_new_enough(&compiler)?;
        let sysroot = rustc(workspace, program, &["--print", "sysroot"])?;
        let host = host(&rustc(workspace, "rustc", &["-vV"])?);
        Ok(Self {
            std,
            compiler,
            sysroot: sysroot.into(),
            linker: pinned.join(format!("lib/rustlib/{host}/bin/rust-lld")),
        })
    }

    /// Where the standard library comes from.
    pub fn std(&self) -> WasmStd {
        self.std
    }

    /// What `rustc --version` prints.
    pub fn compiler(&self) -> &str {
        &self.compiler
    }

    /// What cargo needs in its environment.
    pub(super) fn variables(&self) -> Vec<(&'static str, String)> {
        if self.std != WasmStd::Debian {
            return Vec::new();
        }
        let linker = self.linker.display().to_string();
        vec![
            ("RUSTC", DEBIAN_RUSTC.to_owned()),
            ("RUSTC_BOOTSTRAP", "1".to_owned()),
            ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker),
        ]
    }

    /// What cargo needs on its command line.
    pub(super) fn cargo_arguments(&self) -> &'static [&'static str] {
        match self.std {
            WasmStd::Debian => &["-Zbuild-std=std,panic_abort"],
            _ => &[],
        }
    }

    /// The folders of the standard library's sources, as they can appear in the code.
    pub(super) fn std_folders(&self) -> Vec<PathBuf> {
        let sources = self.sysroot.join("lib/rustlib/src/rust");
        let real = sources.canonicalize().ok();
        std::iter::once(sources).chain(real).collect()
    }
}

impl std::fmt::Display for Toolchain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.std.origin(), self.compiler)
    }
}

/// Remembers the choice, so that a machine which must not reach rustup asks it once only.
struct Memory(PathBuf);

impl Memory {
    fn of(workspace: &Workspace) -> Self {
        Self(workspace.target().join("wasm/std-source"))
    }

    fn read(&self) -> Option<WasmStd> {
        WasmStd::parse(std::fs::read_to_string(&self.0).ok()?.trim()).ok()
    }

    fn write(&self, std: WasmStd) -> Result<()> {
        if self.read() == Some(std) {
            return Ok(());
        }
        write_atomically(&self.0, std.name().as_bytes())
    }
}

fn rustc(workspace: &Workspace, program: &str, arguments: &[&str]) -> Result<String> {
    ask(Command::new(program)
        .current_dir(workspace.root())
        .env_remove("RUSTUP_TOOLCHAIN")
        .args(arguments))
}

fn host(verbose: &str) -> String {
    let line = verbose.lines().find_map(|line| line.strip_prefix("host: "));
    line.unwrap_or_default().to_owned()
}

fn require_target(sysroot: &Path) -> Result<()> {
    let folder = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    std::fs::metadata(&folder).map(|_| ()).map_err(Error::io(folder))
}

fn add_target(workspace: &Workspace, sysroot: &Path) -> Result<()> {
    if require_target(sysroot).is_ok() {
        return Ok(());
    }
    eprintln!("fetching the WASM standard library with rustup, to build the actors");
    ask(Command::new("rustup")
        .current_dir(workspace.root())
        .env_remove("RUSTUP_TOOLCHAIN")
        .args(["target", "add", TARGET]))?;
    require_target(sysroot)
}

fn require_debian_packages() -> Result<()> {
    if debian_packages_are_there() {
        return Ok(());
    }
    eprintln!("installing Debian's rustc-web and rust-web-src, to build the WASM standard library");
    let install = ["apt-get", "install", "--yes", "rustc-web", "rust-web-src"];
    let is_root = ask(Command::new("id").arg("-u"))? == "0";
    if is_root {
        run(Command::new(install[0]).args(&install[1..]))
    } else {
        run(Command::new("sudo").arg("--non-interactive").args(install))
    }
}

fn debian_packages_are_there() -> bool {
    let sources = Path::new("/usr/lib/rustlib/src/rust/library/std/Cargo.toml");
    Path::new(DEBIAN_RUSTC).is_file() && sources.is_file()
}

fn require_new_enough(compiler: &str) -> Result<()> {
    if version(compiler).is_some_and(|version| version >= OLDEST_RUSTC) {
        return Ok(());
    }
    Err(Error::OldCompiler {
        found: compiler.to_owned(),
    })
}

fn version(compiler: &str) -> Option<(u32, u32)> {
    let number = compiler.strip_prefix("rustc ")?.split(' ').next()?;
    let mut parts = number.split('.');
    let major = parts.next()?.parse().ok()?;
    let minor = parts.next()?.parse().ok()?;
    Some((major, minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rustc_1_87_is_refused_with_the_version_that_is_needed() {
        let refusal = require_new_enough("rustc 1.87.0 (17067e9ac 2025-05-09)").unwrap_err();
        let sentence = refusal.to_string();
        assert!(sentence.contains("1.87.0") && sentence.contains("1.88"));
    }

    #[test]
    fn rustc_1_88_and_2_0_are_accepted() {
        require_new_enough("rustc 1.88.0 (6b00bc388 2025-06-23)").unwrap();
        require_new_enough("rustc 2.0.0").unwrap();
    }

    #[test]
    fn a_compiler_that_does_not_tell_its_version_is_refused() {
        assert!(require_new_enough("clang 17").is_err());
    }

    #[test]
    fn every_way_is_known_by_its_word_and_no_other_is() {
        for std in WasmStd::ALL {
            assert_eq!(WasmStd::parse(std.name()).unwrap(), std);
        }
        assert!(matches!(WasmStd::parse("nix"), Err(Error::UnknownWasmStd(_))));
    }
}
