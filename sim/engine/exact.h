/* Elementary functions from + - * / and sqrt alone, so that IEEE 754 fixes every bit of the answer. libm's
 * last bits differ between processors and C libraries, and a drawn duration must not. Compile with
 * contraction off. GSL and libm are their oracles. */
#ifndef SIM_ENGINE_EXACT_H
#define SIM_ENGINE_EXACT_H

double exact_log(double x);             /* x > 0 and normal; relative error below 1e-15 */
double exact_exp(double x);             /* |x| < 700 */
double exact_normal_quantile(double p); /* 0 < p < 1; Wichura's AS 241 */

#endif
