using Horilla.Modules.OutgoingMail.Sending;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

public sealed class NoteworthyDeliveriesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly NoteworthyDeliveries _noteworthy;

    public NoteworthyDeliveriesTests()
    {
        _noteworthy = new NoteworthyDeliveries(_time);
    }

    [Fact]
    public void While_mails_flow_one_in_30_seconds_is_noted()
    {
        var noted = 0;

        for (var second = 0; second < 300; second++)
        {
            noted += _noteworthy.IsDue(Sent("a"), "1") ? 1 : 0;
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(10, noted);
    }

    [Fact]
    public void A_change_is_noted_at_once()
    {
        Assert.True(_noteworthy.IsDue(Sent("a"), "1"));
        Assert.True(_noteworthy.IsDue(Failed("a", "timeout"), "1"));
        Assert.False(_noteworthy.IsDue(Failed("a", "timeout"), "1"));
        Assert.True(_noteworthy.IsDue(Failed("a", "connection-refused"), "1"));
        Assert.True(_noteworthy.IsDue(Sent("a"), "1"));
        Assert.True(_noteworthy.IsDue(Sent("a"), "2"));
        Assert.True(_noteworthy.IsDue(Sent("b"), "1"));
        Assert.False(_noteworthy.IsDue(Sent("b"), "1"));
    }

    private static OutgoingMailResult Sent(string id) => new() { Status = OutgoingMailStatus.Sent, ConfigurationId = id };

    private static OutgoingMailResult Failed(string id, string code) => new()
    {
        Status = OutgoingMailStatus.Failed,
        ConfigurationId = id,
        Error = new OutgoingMailError { Step = DeliveryStep.Connection, Code = code, Message = "", NextStep = "" },
    };
}
