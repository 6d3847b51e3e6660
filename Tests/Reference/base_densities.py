#!/usr/bin/env python3
"""Prints the reference values of Tests/DensitiesTests/BaseDensityTests.swift, by mpmath to 30 digits.

Usage: python3 Tests/Reference/base_densities.py
"""
import mpmath as mp

mp.mp.dps = 30


def student_t(x, v):
    c = mp.gamma(mp.mpf(v + 1) / 2) / (mp.sqrt(v * mp.pi) * mp.gamma(mp.mpf(v) / 2))
    return c * (1 + x**2 / v) ** (-mp.mpf(v + 1) / 2)


def beta(x, a, b):
    return x ** (a - 1) * (1 - x) ** (b - 1) / mp.beta(a, b)


z = mp.mpf(0.3)
u = (z - 1) / 2
print("normal(1, 2)        ", mp.npdf(z, 1, 2))
print("logistic(1, 2)      ", mp.exp(-u) / (2 * (1 + mp.exp(-u)) ** 2))
print("laplace(1, 2)       ", mp.exp(-abs(u)) / 4)
print("student_t(1)        ", student_t(z, 1))
print("student_t(4) at 1.7 ", student_t(mp.mpf(1.7), 4))
print("student_t(5) at -2.5", student_t(mp.mpf(-2.5), 5))
print("exponential(3/2)    ", 1.5 * mp.exp(-1.5 * z))
print("beta(2, 3)          ", beta(z, 2, 3))
print("beta(1/2, 5/2)      ", beta(z, mp.mpf(1) / 2, mp.mpf(5) / 2))
print("beta(13/10, 3)      ", beta(z, mp.mpf(13) / 10, 3))
covariance = mp.matrix([[2, mp.mpf(6) / 5], [mp.mpf(6) / 5, 1]])
d = mp.matrix([-0.5, 1])
log_density = -(d.T * covariance**-1 * d)[0] / 2 - mp.log(2 * mp.pi) - mp.log(mp.det(covariance)) / 2
print("multivariate normal ", mp.exp(log_density), log_density)
