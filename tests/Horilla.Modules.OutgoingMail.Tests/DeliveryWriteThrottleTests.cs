using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

public sealed class DeliveryWriteThrottleTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DeliveryWriteThrottle _throttle;

    public DeliveryWriteThrottleTests()
    {
        _throttle = new DeliveryWriteThrottle(_time);
    }

    [Fact]
    public void While_messages_are_sent_one_result_is_written_every_30_seconds()
    {
        var noted = 0;

        for (var second = 0; second < 300; second++)
        {
            noted += _throttle.GetTiming(Sent("a"), isServerError: false, "1") == DeliveryWriteTiming.Now ? 1 : 0;
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(10, noted);
    }

    [Fact]
    public void A_change_is_written_immediately()
    {
        Assert.Equal(DeliveryWriteTiming.Now, _throttle.GetTiming(Sent("a"), isServerError: false, "1"));
        Assert.Equal(DeliveryWriteTiming.Now, _throttle.GetTiming(Failed("a", "timeout"), isServerError: false, "1"));
        Assert.Equal(DeliveryWriteTiming.Never, _throttle.GetTiming(Failed("a", "timeout"), isServerError: false, "1"));
        Assert.Equal(DeliveryWriteTiming.Now, _throttle.GetTiming(Failed("a", "connection-refused"), isServerError: false, "1"));
        Assert.Equal(DeliveryWriteTiming.Now, _throttle.GetTiming(Sent("a"), isServerError: false, "1"));
        Assert.Equal(DeliveryWriteTiming.Now, _throttle.GetTiming(Sent("a"), isServerError: false, "2"));
        Assert.Equal(DeliveryWriteTiming.Now, _throttle.GetTiming(Sent("b"), isServerError: false, "1"));
        Assert.Equal(DeliveryWriteTiming.Never, _throttle.GetTiming(Sent("b"), isServerError: false, "1"));
    }

    [Fact]
    public async Task Alternating_results_are_written_a_few_times_and_the_last_one_later()
    {
        var written = 0;
        Task<(OutgoingMailResult Result, bool IsServerError)?>? late = null;

        for (var mail = 0; mail < 1000; mail++)
        {
            var result = mail % 2 == 0 ? Sent("a") : Failed("a", "timeout");
            var write = _throttle.GetTiming(result, isServerError: false, "1");
            written += write == DeliveryWriteTiming.Now ? 1 : 0;
            late = write == DeliveryWriteTiming.Later ? _throttle.WaitForPendingAsync("a") : late;
        }

        Assert.Equal(5, written);
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("timeout", (await late!)!.Value.Result.Error!.Code);
        Assert.Equal(DeliveryWriteTiming.Never, _throttle.GetTiming(Failed("a", "timeout"), isServerError: false, "1"));
    }

    private static OutgoingMailResult Sent(string id) => new() { Status = OutgoingMailStatus.Sent, ConfigurationId = id };

    private static OutgoingMailResult Failed(string id, string code) => new()
    {
        Status = OutgoingMailStatus.Failed,
        ConfigurationId = id,
        Error = new OutgoingMailError { Step = DeliveryStep.Connection, Code = code, Message = "", NextStep = "" },
    };
}
