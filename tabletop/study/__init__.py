"""What many playouts tell: forecasts, turning points, and how sure they are."""
