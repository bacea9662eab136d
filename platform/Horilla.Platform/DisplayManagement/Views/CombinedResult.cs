#nullable disable // As in OrchardCore, so that overrides choose their own nullability.

using OrchardCore.DisplayManagement.Handlers;

namespace OrchardCore.DisplayManagement.Views;

public class CombinedResult(IEnumerable<IDisplayResult> results) : IDisplayResult
{
    private readonly IDisplayResult[] _results = [.. results.OfType<IDisplayResult>()];

    public CombinedResult(params IDisplayResult[] results)
        : this(results.AsEnumerable())
    {
    }

    public IEnumerable<IDisplayResult> GetResults() => _results;

    public async Task ApplyAsync(BuildDisplayContext context)
    {
        foreach (var result in _results)
        {
            await result.ApplyAsync(context);
        }
    }

    public async Task ApplyAsync(BuildEditorContext context)
    {
        foreach (var result in _results)
        {
            await result.ApplyAsync(context);
        }
    }
}
