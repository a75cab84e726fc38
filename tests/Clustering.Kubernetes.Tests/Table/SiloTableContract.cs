using Wego.Kubernetes;

namespace Wego.Clustering.Tests.Table;

/// <summary>What Orleans documents that a membership table must do, on one kind of object in one API server.</summary>
public abstract class SiloTableContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<TableScenario> StartAsync();

    [Fact]
    public async Task A_new_table_is_empty_and_initializing_it_again_changes_nothing()
    {
        using var scenario = await StartAsync();
        await scenario.Store.InitializeAsync(Cancellation);
        var first = await scenario.Store.ReadAsync(Cancellation);
        await scenario.NewStore().InitializeAsync(Cancellation);

        first.Version.ShouldBe(0);
        first.Rows.ShouldBeEmpty();
        first.Etag.ShouldNotBeEmpty();
        (await scenario.Store.ReadAsync(Cancellation)).Etag.ShouldBe(first.Etag);
    }

    [Fact]
    public async Task Many_silos_initialize_at_once()
    {
        using var scenario = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => scenario.NewStore().InitializeAsync(Cancellation)));
        (await scenario.Store.ReadAsync(Cancellation)).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_row_comes_back_as_it_was_written()
    {
        using var scenario = await StartAsync();
        var row = TableScenario.Row(1) with { Suspicions = [new(TableScenario.Row(2).Key, TableScenario.Noon), new(TableScenario.Row(3).Key, TableScenario.Noon.AddTicks(7))] };
        var table = await scenario.FillAsync(row, TableScenario.Row(2));

        table.Version.ShouldBe(2);
        table.Rows.Length.ShouldBe(2);
        var read = table.Find(row.Key)!;
        read.Suspicions.ShouldBe(row.Suspicions);
        (read with { Suspicions = row.Suspicions }).ShouldBe(row);
    }

    [Fact]
    public async Task A_row_is_inserted_once()
    {
        using var scenario = await StartAsync();
        var table = await scenario.FillAsync(TableScenario.Row(1));

        (await scenario.Store.TryInsertAsync(TableScenario.Row(1, SiloState.Active), table.Version + 1, table.Etag, Cancellation)).ShouldBeFalse();
        (await scenario.Store.ReadAsync(Cancellation)).ShouldSatisfyAllConditions(
            t => t.Version.ShouldBe(table.Version), t => t.Etag.ShouldBe(table.Etag), t => t.Rows.Single().State.ShouldBe(SiloState.Joining));
    }

    [Fact]
    public async Task What_was_read_before_a_change_is_too_old_to_write()
    {
        using var scenario = await StartAsync();
        var old = await scenario.FillAsync(TableScenario.Row(1));
        (await scenario.Store.TryUpdateAsync(TableScenario.Row(1, SiloState.Active), old.Version + 1, old.Etag, Cancellation)).ShouldBeTrue();

        (await scenario.Store.TryInsertAsync(TableScenario.Row(2), old.Version + 1, old.Etag, Cancellation)).ShouldBeFalse();
        (await scenario.Store.TryUpdateAsync(TableScenario.Row(1, SiloState.Dead), old.Version + 1, old.Etag, Cancellation)).ShouldBeFalse();
        var now = await scenario.Store.ReadAsync(Cancellation);
        now.Version.ShouldBe(old.Version + 1);
        now.Rows.Single().State.ShouldBe(SiloState.Active);
    }

    [Fact]
    public async Task A_row_that_is_not_there_is_not_updated()
    {
        using var scenario = await StartAsync();
        var table = await scenario.FillAsync(TableScenario.Row(1));
        var another = TableScenario.Row(1) with { Key = TableScenario.Row(1).Key with { Generation = 99 } };

        (await scenario.Store.TryUpdateAsync(another, table.Version + 1, table.Etag, Cancellation)).ShouldBeFalse();
        (await scenario.Store.ReadAsync(Cancellation)).Etag.ShouldBe(table.Etag);
    }

    [Fact]
    public async Task A_sign_of_life_changes_nothing_else()
    {
        using var scenario = await StartAsync();
        var table = await scenario.FillAsync(TableScenario.Row(1, SiloState.Active), TableScenario.Row(2));
        var later = TableScenario.Noon.AddMinutes(1);
        await scenario.Store.TouchAsync(TableScenario.Row(1).Key, later, Cancellation);

        var now = await scenario.Store.ReadAsync(Cancellation);
        now.Version.ShouldBe(table.Version);
        now.Rows[0].AliveAt.ShouldBe(later);
        (now.Rows[0] with { AliveAt = table.Rows[0].AliveAt, Suspicions = table.Rows[0].Suspicions }).ShouldBe(table.Rows[0]);
        now.Rows[1].AliveAt.ShouldBe(table.Rows[1].AliveAt);
    }

    [Fact]
    public async Task A_sign_of_life_of_a_forgotten_silo_brings_no_row_back()
    {
        using var scenario = await StartAsync();
        var table = await scenario.FillAsync(TableScenario.Row(1));
        await scenario.Store.TouchAsync(TableScenario.Row(2).Key, TableScenario.Noon, Cancellation);
        (await scenario.Store.ReadAsync(Cancellation)).Etag.ShouldBe(table.Etag);
    }

    [Fact]
    public async Task Only_rows_of_silos_that_are_gone_and_long_silent_are_cleaned()
    {
        using var scenario = await StartAsync();
        var old = TableScenario.Noon.AddDays(-10);
        SiloRow Old(int number, SiloState state) => TableScenario.Row(number, state) with { StartedAt = old, AliveAt = old };
        var table = await scenario.FillAsync(
            Old(1, SiloState.Dead), Old(2, SiloState.Joining), Old(3, SiloState.Active), TableScenario.Row(4, SiloState.Dead),
            Old(5, SiloState.Dead) with { AliveAt = TableScenario.Noon });
        await scenario.Store.CleanAsync(TableScenario.Noon.AddDays(-3), Cancellation);

        var now = await scenario.Store.ReadAsync(Cancellation);
        now.Rows.Select(r => r.Key.Generation).ShouldBe([3, 4, 5]);
        now.Version.ShouldBe(table.Version);
        await scenario.Store.CleanAsync(TableScenario.Noon.AddDays(-3), Cancellation);
        (await scenario.Store.ReadAsync(Cancellation)).Etag.ShouldBe(now.Etag);
    }

    [Fact]
    public async Task A_cleared_table_is_as_new()
    {
        using var scenario = await StartAsync();
        await scenario.FillAsync(TableScenario.Row(1), TableScenario.Row(2));
        await scenario.Store.ClearAsync(Cancellation);
        var table = await scenario.Store.ReadAsync(Cancellation);
        table.Rows.ShouldBeEmpty();
        table.Version.ShouldBe(0);
        (await scenario.Store.TryInsertAsync(TableScenario.Row(1), 1, table.Etag, Cancellation)).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_many_who_change_the_same_state_exactly_one_succeeds()
    {
        using var scenario = await StartAsync();
        var table = await scenario.FillAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 10).Select(n =>
            scenario.NewStore().TryInsertAsync(TableScenario.Row(n), table.Version + 1, table.Etag, Cancellation)));

        outcomes.Count(o => o).ShouldBe(1);
        var now = await scenario.Store.ReadAsync(Cancellation);
        now.Version.ShouldBe(table.Version + 1);
        now.Rows.Length.ShouldBe(1);
    }

    [Fact]
    public async Task Under_contention_every_row_gets_in_and_no_version_is_given_twice()
    {
        using var scenario = await StartAsync();
        await scenario.FillAsync(TableScenario.Row(100, SiloState.Active));
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        // Signs of life come meanwhile.
        var alive = Task.Run(async () =>
        {
            var time = TableScenario.Noon;
            while (!done.IsCancellationRequested)
            {
                await scenario.NewStore().TouchAsync(TableScenario.Row(100).Key, time = time.AddSeconds(1), Cancellation);
            }
        }, Cancellation);
        var versions = await Task.WhenAll(Enumerable.Range(1, 6).Select(async n =>
        {
            var store = scenario.NewStore();
            while (true)
            {
                var table = await store.ReadAsync(Cancellation);
                if (await store.TryInsertAsync(TableScenario.Row(n), table.Version + 1, table.Etag, Cancellation))
                {
                    return table.Version + 1;
                }
            }
        }));
        await done.CancelAsync();
        await alive;

        versions.Order().ShouldBe(Enumerable.Range(2, 6));
        (await scenario.Store.ReadAsync(Cancellation)).Rows.Length.ShouldBe(7);
    }

    [Fact]
    public async Task What_others_keep_in_the_object_stays()
    {
        using var scenario = await StartAsync();
        await scenario.FillAsync(TableScenario.Row(1));
        var manifest = (await scenario.ObjectAsync()).ToJsonObject();
        manifest["metadata"]!["annotations"] = new System.Text.Json.Nodes.JsonObject { ["example.com/owner"] = "platform" };
        await scenario.WriteAsync(manifest);

        await scenario.Store.TouchAsync(TableScenario.Row(1).Key, TableScenario.Noon.AddHours(1), Cancellation);
        (await scenario.ObjectAsync()).Annotation("example.com/owner").ShouldBe("platform");
    }

    [Fact]
    public async Task An_object_that_was_deleted_is_an_empty_table_that_the_next_silo_writes_anew()
    {
        using var scenario = await StartAsync();
        var old = await scenario.FillAsync(TableScenario.Row(1));
        await scenario.Client.DeleteAsync(KubernetesIdentity.Service, scenario.Resource, TableScenario.Namespace, scenario.Name, new DeleteOptions(), Cancellation);

        await scenario.Store.TouchAsync(TableScenario.Row(1).Key, TableScenario.Noon, Cancellation);
        (await scenario.Store.TryUpdateAsync(TableScenario.Row(1), old.Version + 1, old.Etag, Cancellation)).ShouldBeFalse();
        var table = await scenario.Store.ReadAsync(Cancellation);
        table.Rows.ShouldBeEmpty();
        (await scenario.Store.TryInsertAsync(TableScenario.Row(2), 1, table.Etag, Cancellation)).ShouldBeTrue();
        (await scenario.Store.ReadAsync(Cancellation)).Rows.Single().Key.ShouldBe(TableScenario.Row(2).Key);
    }
}
