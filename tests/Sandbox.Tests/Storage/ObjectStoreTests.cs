using System.Text.Json.Nodes;
using Wego.Sandbox.Storage;

namespace Wego.Sandbox.Tests.Storage;

public sealed class ObjectStoreTests
{
    private static readonly GroupResource Maps = new("", "configmaps");
    private static readonly GroupResource Pods = new("", "pods");

    [Fact]
    public void Every_write_takes_the_next_resource_version_of_the_whole_store()
    {
        var store = new ObjectStore(100);

        var first = Write(store, Maps, "a", "1");
        var second = Write(store, Pods, "a", "1");
        var third = Write(store, Maps, "a", "2");

        second.ResourceVersion.ShouldBe(first.ResourceVersion + 1);
        third.ResourceVersion.ShouldBe(second.ResourceVersion + 1);
        store.ResourceVersion.ShouldBe(third.ResourceVersion);
    }

    [Fact]
    public void A_write_that_changes_nothing_is_no_write()
    {
        var store = new ObjectStore(100);
        var first = Write(store, Maps, "a", "1");

        Write(store, Maps, "a", "1").ResourceVersion.ShouldBe(first.ResourceVersion);
        store.ChangesAfter(Maps, first.ResourceVersion).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void A_dry_run_leaves_no_trace()
    {
        var store = new ObjectStore(100);
        var before = store.ResourceVersion;

        store.Change(Maps, new ObjectKey("ns", "a"), _ => Body("a", "1"), dryRun: true).ShouldNotBeNull();

        store.ResourceVersion.ShouldBe(before);
        store.Snapshot(Maps).Objects.ShouldBeEmpty();
    }

    [Fact]
    public void A_past_state_is_computed_from_the_changes_since()
    {
        var store = new ObjectStore(100);
        Write(store, Maps, "a", "1");
        var then = Write(store, Maps, "b", "1").ResourceVersion;
        Write(store, Maps, "a", "2");
        Write(store, Maps, "c", "1");
        store.Change(Maps, new ObjectKey("ns", "b"), _ => null);

        var past = store.SnapshotAt(Maps, then).Objects;

        past.Values.Select(o => $"{o.Key.Name}={o.Content.Text("data", "value")}").ShouldBe(["a=1", "b=1"]);
        store.Snapshot(Maps).Objects.Keys.Select(k => k.Name).ShouldBe(["a", "c"]);
    }

    [Fact]
    public void What_falls_out_of_the_history_is_expired_and_what_is_in_it_is_not()
    {
        var store = new ObjectStore(2);
        var versions = Enumerable.Range(0, 10).Select(i => Write(store, Maps, "a", $"{i}").ResourceVersion).ToArray();

        Should.Throw<HistoryExpiredException>(() => store.ChangesAfter(Maps, versions[6]));
        store.ChangesAfter(Maps, versions[7]).Changes.Count.ShouldBe(2);
    }

    [Fact]
    public void Compaction_spares_whoever_has_seen_the_latest_change_and_expiry_spares_nobody()
    {
        var store = new ObjectStore(100);
        var old = Write(store, Maps, "a", "1").ResourceVersion;
        var latest = Write(store, Maps, "a", "2").ResourceVersion;

        store.Compact();
        store.ChangesAfter(Maps, latest).Changes.ShouldBeEmpty();
        Should.Throw<HistoryExpiredException>(() => store.ChangesAfter(Maps, old));

        store.Expire();
        Should.Throw<HistoryExpiredException>(() => store.ChangesAfter(Maps, latest));
        store.ChangesAfter(Maps, store.ResourceVersion).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void A_restart_keeps_the_objects_in_order_and_begins_a_new_history()
    {
        var store = new ObjectStore(100);
        for (var i = 0; i < 20; i++)
        {
            Write(store, Maps, "a", $"{i}");
        }

        Write(store, Pods, "b", "1");
        var before = store.ResourceVersion;

        store.Restart();

        store.ResourceVersion.ShouldBeLessThan(before);
        store.Get(Maps, new ObjectKey("ns", "a"))!.Content.Text("data", "value").ShouldBe("19");
        store.Get(Maps, new ObjectKey("ns", "a"))!.ResourceVersion.ShouldBeLessThan(store.Get(Pods, new ObjectKey("ns", "b"))!.ResourceVersion);
    }

    [Fact]
    public void What_a_change_throws_leaves_the_store_as_it_was()
    {
        var store = new ObjectStore(100);
        var written = Write(store, Maps, "a", "1");

        Should.Throw<InvalidOperationException>(() => store.Change(Maps, written.Key, _ => throw new InvalidOperationException()));

        store.Get(Maps, written.Key).ShouldBeSameAs(written);
    }

    [Fact]
    public void A_reaction_to_a_change_happens_before_the_writer_goes_on_and_after_the_change()
    {
        var store = new ObjectStore(100);
        store.AddReactor(new Copier(store));

        var written = Write(store, Maps, "a", "1");

        store.Get(Pods, new ObjectKey("ns", "a"))!.ResourceVersion.ShouldBe(written.ResourceVersion + 1);
    }

    private static StoredObject Write(ObjectStore store, GroupResource resource, string name, string value) =>
        store.Change(resource, new ObjectKey("ns", name), _ => Body(name, value))!;

    private static JsonObject Body(string name, string value) => new()
    {
        ["metadata"] = new JsonObject { ["namespace"] = "ns", ["name"] = name },
        ["data"] = new JsonObject { ["value"] = value },
    };

    private sealed class Copier(ObjectStore store) : IStoreReactor
    {
        public void React(StoreChange change)
        {
            if (change.Resource == Maps)
            {
                store.Change(Pods, change.Current.Key, _ => change.Current.ToJson());
            }
        }
    }
}
