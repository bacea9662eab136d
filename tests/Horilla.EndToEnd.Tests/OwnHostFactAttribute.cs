using Xunit;

namespace Horilla.EndToEnd.Tests;

/// <summary>A test that needs a host of its own: it changes what others who use a host count on, or needs what only ours trusts.</summary>
public sealed class OwnHostFactAttribute : FactAttribute
{
    public OwnHostFactAttribute()
    {
        Skip = OwnHost.WhyNot;
    }
}

/// <inheritdoc cref="OwnHostFactAttribute"/>
public sealed class OwnHostTheoryAttribute : TheoryAttribute
{
    public OwnHostTheoryAttribute()
    {
        Skip = OwnHost.WhyNot;
    }
}

internal static class OwnHost
{
    public static string? WhyNot => Target.FromEnvironment() is null ? null : "This test needs a host of its own, and HORILLA_E2E_URL names one that runs already.";
}
