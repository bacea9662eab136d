namespace OrchardCore.Environment.Shell.Models;

public enum TenantState
{
    Uninitialized,
    Initializing,
    Running,
    Disabled,
    Invalid,
}
