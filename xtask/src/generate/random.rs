//! Random numbers that are the same on every machine.
//!
//! Only operations that IEEE 754 rounds in one way are used: the logarithm and the exponential of the standard
//! library may differ in the last bit between systems, and one bit would change the whole edition.

use std::f64::consts::LN_2;

/// A stream of random numbers (SplitMix64).
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// The stream of one part of the edition. Each volume and document has its own, so that a change of one leaves the
    /// others as they were.
    pub(crate) fn of_part(seed: u64, part: &[usize]) -> Random {
        let mut random = Random { state: seed };
        for number in part {
            random.state = random.next() ^ (*number as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// All 32-bit numbers, equally often.
    pub(crate) fn bits(&mut self) -> u32 {
        (self.next() >> 32) as u32
    }

    /// At least 0, below 1.
    pub(crate) fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// At least 0, below `limit`; 0 when the limit is 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.next()) * limit as u128) >> 64) as usize
    }

    /// From `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True in the given share of calls.
    pub(crate) fn chance(&mut self, share: f64) -> bool {
        self.fraction() < share
    }

    /// One of the choices, equally often. The list must hold something.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }

    /// Mean 0, deviation 1 (Marsaglia's polar method).
    fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.fraction() - 1.0, 2.0 * self.fraction() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * logarithm(square) / square).sqrt();
            }
        }
    }

    /// Log-normal: `median`, and `spread` as the deviation of the logarithm.
    pub(crate) fn log_normal(&mut self, median: f64, spread: f64) -> f64 {
        median * exponential(spread * self.normal())
    }

    /// How often something happens that happens `mean` times on average (Poisson).
    pub(crate) fn count(&mut self, mean: f64) -> usize {
        if mean > 30.0 {
            return (mean + mean.sqrt() * self.normal()).max(0.0).round() as usize;
        }
        let limit = exponential(-mean);
        let mut product = self.fraction();
        let mut count = 0;
        while product > limit {
            product *= self.fraction();
            count += 1;
        }
        count
    }
}

/// The natural logarithm of a positive normal number.
fn logarithm(x: f64) -> f64 {
    let bits = x.to_bits();
    let exponent = (bits >> 52) as f64 - 1023.0;
    let mantissa = f64::from_bits((bits & ((1 << 52) - 1)) | (1023 << 52));
    let t = (mantissa - 1.0) / (mantissa + 1.0);
    let (mut power, mut sum) = (t, 0.0);
    for odd in (1..32).step_by(2) {
        sum += power / f64::from(odd);
        power *= t * t;
    }
    2.0 * sum + exponent * LN_2
}

/// The exponential of a number between -700 and 700.
fn exponential(x: f64) -> f64 {
    let twos = (x / LN_2).round();
    let rest = x - twos * LN_2;
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..16 {
        term *= rest / f64::from(k);
        sum += term;
    }
    sum * f64::from_bits(((1023.0 + twos) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_fixed() {
        let mut random = Random { state: 0 };
        assert_eq!(random.next(), 0xE220_A839_7B1D_CDAF, "first number of SplitMix64 from 0, as published");
        let parts = |part: &[usize]| Random::of_part(1, part).next();
        assert_ne!(parts(&[1, 2]), parts(&[2, 1]));
        assert_ne!(parts(&[0]), parts(&[]));
    }

    #[test]
    fn own_functions_agree_with_the_standard_library() {
        for x in [1e-9, 0.1, 0.5, 1.0, 1.9999, 2.0, 3.7, 1e6] {
            assert!((logarithm(x) - x.ln()).abs() < 1e-12, "{x}");
        }
        for x in [-50.0, -1.0, -0.3, 0.0, 0.7, 3.5, 20.0] {
            assert!((exponential(x) / f64::exp(x) - 1.0).abs() < 1e-12, "{x}");
        }
    }

    #[test]
    fn means_are_as_asked() {
        let mut random = Random::of_part(7, &[]);
        let mean = |draw: &mut dyn FnMut() -> f64| (0..20_000).map(|_| draw()).sum::<f64>() / 20_000.0;
        assert!((mean(&mut || random.count(3.0) as f64) - 3.0).abs() < 0.1);
        assert!((mean(&mut || random.count(60.0) as f64) - 60.0).abs() < 0.5);
        assert!((mean(&mut || random.below(10) as f64) - 4.5).abs() < 0.1);
        assert!((mean(&mut || random.log_normal(100.0, 0.5)) - 113.3).abs() < 2.0);
    }
}
