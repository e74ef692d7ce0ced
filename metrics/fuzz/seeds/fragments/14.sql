ceil(ln(total)) + floor(sqrt(abs(total))) + round(exp(1), 2) + power(2, -3)
