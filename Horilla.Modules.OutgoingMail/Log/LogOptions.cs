using Horilla.Modules.OutgoingMail.Configurations;

namespace Horilla.Modules.OutgoingMail.Log;

/// <summary>The search, filters, order and position of the log, as given in the URL.</summary>
public sealed class LogOptions
{
    private const int MaxSearchLength = 254;

    /// <summary>The search text as typed.</summary>
    public string? Search { get; set; }

    /// <summary>Where to search: "subject", or anything else for recipients and Message-IDs, and subjects if there are none.</summary>
    public string? In { get; set; }

    /// <summary>The only state to show: a name of <see cref="OutboxMailState"/>; empty for all.</summary>
    public string? State { get; set; }

    /// <summary>The ID of the only server to show; empty for all.</summary>
    public string? Server { get; set; }

    /// <summary>The only category to show; empty for all.</summary>
    public string? Category { get; set; }

    /// <summary>The period: a name of <see cref="LogPeriod"/>; empty for the default.</summary>
    public string? Period { get; set; }

    /// <summary>The order: "oldest", or anything else for the newest first.</summary>
    public string? Sort { get; set; }

    /// <summary>The position after which the page starts.</summary>
    public string? After { get; set; }

    /// <summary>The position before which the page ends.</summary>
    public string? Before { get; set; }

    /// <summary>The search text to use: trimmed, without control characters and angle brackets around it.</summary>
    public string SearchText => string.Concat((Search ?? "").Where(c => !char.IsControl(c))).Trim().Trim('<', '>').Truncate(MaxSearchLength);

    /// <summary>Whether to search subjects only.</summary>
    public bool IsSubjectSearch => SearchText.Length > 0 && string.Equals(In, "subject", StringComparison.OrdinalIgnoreCase);

    /// <summary>The state to use, or null for all.</summary>
    public OutboxMailState? StateFilter => Enum.TryParse<OutboxMailState>(State, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null;

    /// <summary>The server to use, or null for all.</summary>
    public string? ServerFilter => string.IsNullOrWhiteSpace(Server) ? null : Server;

    /// <summary>The category to use, or null for all.</summary>
    public string? CategoryFilter => string.IsNullOrWhiteSpace(Category) ? null : Category.Trim().ToLowerInvariant();

    /// <summary>The period to use, or null for the default: everything, but 7 days for a search that no index bounds.</summary>
    public LogPeriod? PeriodFilter => Enum.TryParse<LogPeriod>(Period, ignoreCase: true, out var period) && Enum.IsDefined(period) ? period : null;

    /// <summary>Whether the oldest messages come first.</summary>
    public bool IsOldestFirst => string.Equals(Sort, "oldest", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether not all messages are shown.</summary>
    public bool IsFiltered => SearchText.Length > 0 || StateFilter is not null || ServerFilter is not null || CategoryFilter is not null || PeriodFilter is not (null or LogPeriod.All);

    /// <summary>Returns the options with another position.</summary>
    public LogOptions At(LogCursor? after, LogCursor? before) => Change(options => (options.After, options.Before) = (after?.ToString(), before?.ToString()));

    /// <summary>Returns the first page with another state, or with all states for null.</summary>
    public LogOptions WithState(OutboxMailState? state) => Change(options => (options.State, options.After, options.Before) = (state?.ToString(), null, null));

    /// <summary>Returns the first page of a search in subjects.</summary>
    public LogOptions InSubjects() => Change(options => (options.In, options.After, options.Before) = ("subject", null, null));

    /// <summary>Returns the first page in the other order.</summary>
    public LogOptions Reversed() => Change(options => (options.Sort, options.After, options.Before) = (IsOldestFirst ? null : "oldest", null, null));

    /// <summary>Returns the query string values for these options.</summary>
    public Dictionary<string, string> ToRouteValues()
    {
        var route = new Dictionary<string, string>();
        Add("search", SearchText);
        Add("in", IsSubjectSearch ? "subject" : null);
        Add("state", StateFilter?.ToString().ToLowerInvariant());
        Add("server", ServerFilter);
        Add("category", CategoryFilter);
        Add("period", PeriodFilter?.ToString().ToLowerInvariant());
        Add("sort", IsOldestFirst ? "oldest" : null);
        Add("after", LogCursor.Parse(After)?.ToString());
        Add("before", LogCursor.Parse(Before)?.ToString());

        return route;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                route[name] = value;
            }
        }
    }

    private LogOptions Change(Action<LogOptions> change)
    {
        var options = (LogOptions)MemberwiseClone();
        change(options);

        return options;
    }
}
