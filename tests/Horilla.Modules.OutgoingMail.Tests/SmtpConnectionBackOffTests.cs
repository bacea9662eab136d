using Horilla.Modules.OutgoingMail.Smtp;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>How often connections are tried again if a server accepts fewer than the maximum.</summary>
public sealed class SmtpConnectionBackOffTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly SmtpConnectionBackOff _backOff;
    private int _attempts;

    public SmtpConnectionBackOffTests() => _backOff = new SmtpConnectionBackOff(_time);

    [Fact]
    public void A_maximum_far_above_the_servers_limit_costs_only_an_occasional_attempt()
    {
        for (var lease = 0; lease < 96; lease++)
        {
            _backOff.Withhold(TryAgain);
        }

        Pass(TimeSpan.FromHours(1));

        // After 30 seconds, 1, 2, 4, 8 and 16 minutes.
        Assert.InRange(_attempts, 5, 7);

        void TryAgain()
        {
            _attempts++;
            _backOff.Withhold(TryAgain);
        }
    }

    [Fact]
    public void When_the_server_accepts_more_again_the_connections_return_one_by_one()
    {
        for (var lease = 0; lease < 4; lease++)
        {
            _backOff.Withhold(Works);
        }

        Pass(TimeSpan.FromSeconds(29));
        Assert.Equal(0, _attempts);
        Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(1, _attempts);
        Pass(TimeSpan.FromSeconds(91));
        Assert.Equal(4, _attempts);

        void Works()
        {
            _attempts++;
            _backOff.Reset();
        }
    }

    /// <summary>Advances a second at a time, so that a pause begins when the one before it ended.</summary>
    private void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
