using System.Globalization;

namespace Horilla.Bench.Sending;

/// <summary>Collects the results of all contestants and compares them.</summary>
internal sealed class ResultTable
{
    private readonly Dictionary<(BenchmarkCase What, string Name), List<Measurement>> _rounds = [];
    private readonly List<BenchmarkCase> _cases = [];

    public void Add(BenchmarkCase what, string name, Measurement measured)
    {
        if (!_cases.Contains(what))
        {
            _cases.Add(what);
        }

        if (!_rounds.TryGetValue((what, name), out var rounds))
        {
            _rounds[(what, name)] = rounds = [];
        }

        rounds.Add(measured);
    }

    /// <summary>Writes the rows of a case. The ratio is how many times as fast the first contestant is.</summary>
    public void Write(BenchmarkCase what, string first)
    {
        if (what == _cases[0])
        {
            Console.WriteLine();
            Console.WriteLine("| case | sent by | messages/s | ratio | CPU ms/message | KB allocated/message | 95th percentile, ms |");
            Console.WriteLine("|---|---|---:|---:|---:|---:|---:|");
        }

        foreach (var name in _rounds.Keys.Where(key => key.What == what).Select(key => key.Name))
        {
            var rounds = _rounds[(what, name)];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {what} | {name} | {Median(what, name):0} | {(name == first ? "" : Ratio(what, first, name).ToString("0.00", CultureInfo.InvariantCulture))} | {rounds.Average(round => round.CpuMilliseconds):0.00} | {Format(MedianOf(rounds.Select(round => round.AllocatedBytes > 0 ? round.AllocatedBytes / 1000 : null)), "0")} | {Format(MedianOf(rounds.Select(round => round.Percentile95)), "0.0")} |"));
        }
    }

    /// <summary>How many times as fast one contestant is as another, in the case that is least favorable to it.</summary>
    public double MinRatio(string name, string other) => _cases.Min(what => Ratio(what, name, other));

    /// <summary>How many times as fast one contestant is as another.</summary>
    public double Ratio(BenchmarkCase what, string name, string other) => Median(what, name) / Median(what, other);

    private static string Format(double? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static double? MedianOf(IEnumerable<double?> numbers)
    {
        var sorted = numbers.OfType<double>().Order().ToArray();

        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private double Median(BenchmarkCase what, string name) => MedianOf(_rounds[(what, name)].Select(round => (double?)round.PerSecond))!.Value;
}
