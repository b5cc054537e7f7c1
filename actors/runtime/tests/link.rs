//! A value in a block of its own.

mod counting;

use counting::Counting;
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::Link;

#[test]
fn a_linked_value_is_read_changed_and_left_when_the_change_fails() {
    let store = Counting::default();
    let mut link = Link::store(&store, &vec![1u64, 2]).unwrap();
    let popped = link.update(&store, |list| Ok(list.pop())).unwrap();
    assert_eq!((popped, link.load(&store).unwrap()), (Some(2), vec![1]));
    let before = link.clone();
    link.update(&store, |list| {
        list.clear();
        Err::<(), _>(ActorError::forbidden("no"))
    })
    .unwrap_err();
    assert_eq!(link, before);
    let (_, _, puts) = store.count(|| link.update(&store, |_| Ok(())).unwrap());
    assert_eq!(
        (link, puts),
        (before, 0),
        "a change to the same value writes nothing"
    );
}
