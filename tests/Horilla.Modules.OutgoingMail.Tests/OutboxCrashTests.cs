using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>
/// Kills the host while messages are enqueued and sent: none is lost, none is sent twice, and only those that were being
/// transferred are in doubt. The variable HORILLA_TEST_DATABASE chooses the database.
/// </summary>
public sealed class OutboxCrashTests(ITestOutputHelper output) : OutboxCrashTestBase(Environment.GetEnvironmentVariable("HORILLA_TEST_DATABASE") == "Postgres", output)
{
    private const int Messages = 10_000;
    private const int Kills = 20;

    [Fact]
    public async Task Killed_at_random_moments_nothing_is_lost_or_doubled()
    {
        var random = new Random(18);
        var host = await StartAsync();
        await SetUpAsync(host);

        for (var kill = 0; kill < Kills; kill++)
        {
            // Some of the messages, so that every kill finds some to enqueue and to send.
            var enqueueing = EnqueueAsync(host, Messages / Kills * (kill + 1));
            await Task.WhenAny(enqueueing, WaitForMessagesAsync(Received + random.Next(1, Messages / Kills)));
            await host.DisposeAsync();
            await enqueueing;
            host = await StartAsync();
        }

        await EnqueueAsync(host, Messages);
        await DrainAsync();
        await host.DisposeAsync();
        await AssertAsync(maxInDoubt: Kills * Connections);
    }
}
