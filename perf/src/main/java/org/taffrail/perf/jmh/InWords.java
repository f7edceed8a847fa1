// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.jmh;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a benchmark measures, as {@link BenchmarkTable} tells it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface InWords {
    /**
     * The words.
     *
     * @return no sentence, and what one operation is
     */
    String value();
}
