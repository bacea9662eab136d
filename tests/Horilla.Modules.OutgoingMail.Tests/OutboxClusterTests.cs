using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>
/// Two hosts share a PostgreSQL database and a data folder. One of them is killed, or stopped until its lease has expired:
/// no message is lost or sent twice.
/// </summary>
public sealed class OutboxClusterTests(ITestOutputHelper output) : OutboxCrashTestBase(usesPostgreSql: true, output)
{
    private const int Rounds = 6;

    [Fact]
    public async Task With_two_hosts_one_of_which_is_killed_or_stopped_nothing_is_lost_or_doubled()
    {
        var random = new Random(19);
        var (first, second) = (await StartAsync(), await StartAsync());
        await SetUpAsync(first);
        await second.WaitForShellAsync();

        for (var round = 0; round < Rounds; round++)
        {
            var enqueueing = Task.WhenAll(EnqueueAsync(first, Stored + 500), EnqueueAsync(second, Stored + 500));
            await Task.WhenAny(enqueueing, WaitForMessagesAsync(Received + random.Next(1, 500)));

            if (round % 2 == 0)
            {
                await second.DisposeAsync();
                await enqueueing;
                second = await StartAsync();
                await second.WaitForShellAsync();
            }
            else
            {
                // Longer than its lease, so that the other one takes over. Then it wakes up again.
                second.Pause();
                await DrainAsync();
                second.Resume();
                await enqueueing;
            }
        }

        await DrainAsync();
        await first.DisposeAsync();
        await second.DisposeAsync();
        await AssertAsync(maxInDoubt: Rounds * Connections);
    }

    [Fact]
    public async Task After_the_database_was_away_sending_goes_on_by_itself()
    {
        var host = await StartAsync();
        await SetUpAsync(host);
        await EnqueueAsync(host, 1000);
        await WaitForMessagesAsync(100);
        await RestartDatabaseAsync();
        await DrainAsync();
        await host.DisposeAsync();
        await AssertAsync(maxInDoubt: Connections);
    }
}
