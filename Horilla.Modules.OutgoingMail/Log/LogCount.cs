using System.Globalization;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>A number of messages, counted up to a limit so that the cost doesn't grow with the log.</summary>
/// <param name="Value">The number, or the limit.</param>
/// <param name="IsMore">Whether there are more.</param>
public readonly record struct LogCount(int Value, bool IsMore)
{
    /// <summary>Where counting stops.</summary>
    public const int Max = 10_000;

    /// <summary>Creates it from a number that was counted up to <see cref="Max"/> + 1.</summary>
    public static LogCount Create(int count, int max = Max) => new(Math.Min(count, max), count > max);

    /// <summary>Returns the sum.</summary>
    public static LogCount operator +(LogCount left, LogCount right) => new(left.Value + right.Value, left.IsMore || right.IsMore);

    /// <summary>Returns the number as text, such as "10,000+".</summary>
    public override string ToString() => Value.ToString("N0", CultureInfo.InvariantCulture) + (IsMore ? "+" : "");
}
