//! One build at a time in an edition.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use super::WriteError;

/// Takes the lock, waiting for another build if need be; `on_wait` is called once before waiting.
///
/// The lock is the system's and falls with the file handle, also when the process is killed. The file stays: removing
/// it would let two builds lock two different files.
pub(super) fn acquire(path: &Path, on_wait: impl FnOnce()) -> Result<File, WriteError> {
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    let file = file.map_err(WriteError::io("open", path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            on_wait();
            wait(&file).map_err(WriteError::io("lock", path))?;
            Ok(file)
        }
        // Some network file systems know no locks: better to build there unguarded than never.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(WriteError::io("lock", path)(error)),
    }
}

fn wait(file: &File) -> io::Result<()> {
    loop {
        match file.lock() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}
