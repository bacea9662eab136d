namespace OrchardCore.BackgroundTasks;

/// <summary>Work that a tenant does by a schedule, in a scope of its own that is saved at its end.</summary>
public interface IBackgroundTask
{
    Task DoWorkAsync(IServiceProvider serviceProvider, CancellationToken cancellationToken);
}
