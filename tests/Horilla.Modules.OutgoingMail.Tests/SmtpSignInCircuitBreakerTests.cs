using Horilla.Modules.OutgoingMail.ServerTypes;
using Horilla.Modules.OutgoingMail.Smtp;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>How often a password that the server rejects is tried.</summary>
public sealed class SmtpSignInCircuitBreakerTests
{
    private static readonly OutgoingMailError Rejected = new() { Step = DeliveryStep.SignIn, Code = "sign-in-refused", Message = "No", NextStep = "" };

    private readonly FakeTimeProvider _time = new();
    private readonly SmtpSignInCircuitBreaker _gate;
    private bool _isRight = true;
    private bool _hasConnection;
    private int _attempts;
    private TimeSpan _pause;

    public SmtpSignInCircuitBreakerTests() => _gate = new SmtpSignInCircuitBreaker(_time);

    [Fact]
    public async Task A_password_that_no_longer_works_is_tried_once()
    {
        await TryAsync();
        _isRight = false;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TryAsync()));

        Assert.Equal(2, _attempts);
        Assert.Equal(TimeSpan.FromMinutes(1), _pause);
    }

    [Fact]
    public async Task Concurrent_failures_count_once_for_the_pause()
    {
        await TryAsync();
        _isRight = false;
        _hasConnection = true;
        var together = new TaskCompletionSource();
        var attempts = Enumerable.Range(0, 20).Select(_ => TryAsync(together.Task)).ToArray();
        together.SetResult();
        await Task.WhenAll(attempts);
        Assert.Equal(21, _attempts);
        await TryAsync();

        Assert.Equal(21, _attempts);
        Assert.Equal(TimeSpan.FromMinutes(1), _pause);
    }

    [Fact]
    public async Task The_pause_doubles_with_each_further_attempt_up_to_half_an_hour()
    {
        _isRight = false;
        await TryAsync();

        foreach (var minutes in (int[])[1, 2, 4, 8, 16, 30, 30])
        {
            await TryAsync();
            Assert.Equal(TimeSpan.FromMinutes(minutes), _pause);

            // A test doesn't extend the pause of the other messages.
            await TryAsync(isTest: true);
            await TryAsync();
            Assert.Equal(TimeSpan.FromMinutes(minutes), _pause);
            _time.Advance(TimeSpan.FromMinutes(minutes));
            await TryAsync();
        }
    }

    private async Task TryAsync(Task? before = null, bool isTest = false)
    {
        try
        {
            await _gate.OpenAsync(OpenAsync, () => _hasConnection, isTest, Explain, CancellationToken.None);
        }
        catch (DeliveryException e) when (e.Error.Code == Rejected.Code)
        {
            // The tests only count the attempts.
        }

        async Task<SmtpConnection> OpenAsync()
        {
            Interlocked.Increment(ref _attempts);
            await (before ?? Task.CompletedTask);
            await Task.Yield();

            return _isRight ? null! : throw new DeliveryException(Rejected);
        }

        OutgoingMailError Explain(OutgoingMailError error, TimeSpan pause)
        {
            _pause = pause;

            return error;
        }
    }
}
