using Wego.Silo;

return await SiloCommand.Create().Parse(args).InvokeAsync();
