using System.ComponentModel.DataAnnotations;
using OrchardCore.Entities;

namespace OrchardCore.Users.Models;

public class LoginForm : Entity
{
    [Required]
    public string UserName { get; set; } = "";

    [Required]
    [DataType(DataType.Password)]
    public string Password { get; set; } = "";

    public bool RememberMe { get; set; }
}
