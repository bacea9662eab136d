namespace OrchardCore.BackgroundTasks;

/// <summary>When a background task runs.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = true)]
public sealed class BackgroundTaskAttribute : Attribute
{
    public bool Enable { get; set; } = true;

    public string? Title { get; set; }

    public string? Description { get; set; }

    /// <summary>A cron expression: minute, hour, day of the month, month, day of the week.</summary>
    public string Schedule { get; set; } = "*/5 * * * *";

    /// <summary>How many milliseconds to wait for the lock that keeps other nodes from running the task at the same time; 0 for no lock.</summary>
    public int LockTimeout { get; set; }

    /// <summary>How many milliseconds until the lock expires.</summary>
    public int LockExpiration { get; set; }
}
