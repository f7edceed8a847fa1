// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.selector;

import org.taffrail.compat.kit.Chapter;
import org.taffrail.compat.kit.Strength;
import org.taffrail.compat.kit.Unchecked;

import java.util.List;

/** What is checked of message selection. */
public final class SelectorChapter {
    /** The checks, in order. */
    public static final Chapter CHAPTER =
            new Chapter(
                    "Message selection",
                    List.of(
                            SelectorLiteralChecks.class,
                            SelectorIdentifierChecks.class,
                            SelectorHeaderChecks.class,
                            SelectorComparisonChecks.class,
                            SelectorArithmeticChecks.class,
                            SelectorLogicChecks.class,
                            SelectorNullChecks.class,
                            SelectorBetweenChecks.class,
                            SelectorInChecks.class,
                            SelectorLikeChecks.class,
                            InvalidSelectorChecks.class,
                            SelectedDeliveryChecks.class),
                    List.of(
                            new Unchecked(
                                    "3.8.1.1",
                                    Strength.SHOULD,
                                    "Times in a selector are integer literals of milliseconds.",
                                    "it binds applications, not providers"),
                            new Unchecked(
                                    "3.5.9",
                                    Strength.MUST,
                                    "What a selector on a property does that is set on receive.",
                                    "the specification leaves it undefined")));

    private SelectorChapter() {}
}
