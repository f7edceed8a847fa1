// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.conversion;

import org.taffrail.compat.kit.Chapter;

import java.util.List;

/** What is checked of reading a value as another type. */
public final class ConversionChapter {
    /** The checks, in order. */
    public static final Chapter CHAPTER =
            new Chapter(
                    "Value conversions",
                    List.of(
                            PropertyConversionChecks.class,
                            MapConversionChecks.class,
                            StreamConversionChecks.class),
                    List.of());

    private ConversionChapter() {}
}
