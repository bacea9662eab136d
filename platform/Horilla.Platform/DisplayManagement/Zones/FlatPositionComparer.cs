using System.Globalization;

namespace OrchardCore.DisplayManagement.Zones;

/// <summary>
/// Compares positions part by part: <c>before</c>, numbers, <c>after</c>, then other text. An empty part is 0.
/// </summary>
public sealed class FlatPositionComparer : IComparer<IPositioned?>, IComparer<string?>
{
    private const int Before = -9999;
    private const int After = 9999;

    private FlatPositionComparer()
    {
    }

    public static FlatPositionComparer Instance { get; } = new();

    public int Compare(IPositioned? a, IPositioned? b) => Compare(a?.Position, b?.Position);

    public int Compare(string? x, string? y)
    {
        var left = Parts(x);
        var right = Parts(y);

        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var order = ComparePart(i < left.Length ? left[i] : "", i < right.Length ? right[i] : "");

            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static string[] Parts(string? position) => (position ?? "").Trim(':').Split('.', StringSplitOptions.TrimEntries);

    private static int ComparePart(string x, string y) => (Number(x), Number(y)) switch
    {
        ({ } left, { } right) => left.CompareTo(right),
        ({ }, null) => -1,
        (null, { }) => 1,
        _ => string.Compare(x, y, StringComparison.OrdinalIgnoreCase),
    };

    private static int? Number(string part) => part switch
    {
        "" => 0,
        "before" => Before,
        "after" => After,
        _ => int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
    };
}
