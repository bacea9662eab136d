using OrchardCore.DisplayManagement.Zones;
using Xunit;

namespace Horilla.Platform.Tests;

public sealed class FlatPositionComparerTests
{
    [Fact]
    public void Positions_are_sorted_as_in_OrchardCore()
    {
        string?[] ordered = ["before", "before.5", "-2", "", "1", "1.5", "1.10", "2", "10", "after", "after.1", "b", "c"];
        var shuffled = ordered.Reverse().ToArray();

        Assert.Equal(ordered, shuffled.OrderBy(position => position, FlatPositionComparer.Instance));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "0")]
    [InlineData("1", "1.0")]
    [InlineData(":5", "5")]
    public void Equivalent_positions_compare_as_equal(string? first, string? second) => Assert.Equal(0, FlatPositionComparer.Instance.Compare(first, second));
}
