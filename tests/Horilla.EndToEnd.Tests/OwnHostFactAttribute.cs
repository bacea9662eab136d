using System.Runtime.CompilerServices;
using Xunit;

namespace Horilla.EndToEnd.Tests;

/// <summary>A test that needs its own host: it changes what other users of a host rely on, or needs a certificate that only our host trusts.</summary>
public sealed class OwnHostFactAttribute : FactAttribute
{
    public OwnHostFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Skip = OwnHost.SkipReason;
    }
}

/// <inheritdoc cref="OwnHostFactAttribute"/>
public sealed class OwnHostTheoryAttribute : TheoryAttribute
{
    public OwnHostTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Skip = OwnHost.SkipReason;
    }
}

internal static class OwnHost
{
    public static string? SkipReason => HostUnderTest.FromEnvironment() is null ? null : "This test needs its own host, but HORILLA_E2E_URL names an existing one.";
}
