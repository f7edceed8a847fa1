// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.cli;

import org.taffrail.compat.kit.CheckCase;
import org.taffrail.compat.kit.Strength;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which checks are run.
 *
 * @param only patterns, of which one must fit; none fits all
 * @param weakest the least binding statements that are checked
 */
record Selection(List<String> only, Strength weakest) {
    /**
     * Selects checks.
     *
     * @param all all there are
     * @return those that were asked for, in the same order
     * @throws IllegalArgumentException if a pattern fits none; the message names what is spelt
     *     alike
     */
    List<CheckCase> from(List<CheckCase> all) {
        for (String pattern : only) {
            if (all.stream().noneMatch(check -> fits(pattern, check))) {
                List<String> names = new ArrayList<>();
                for (CheckCase check : all) {
                    names.add(check.id());
                    names.add(check.id().substring(0, check.id().indexOf('.')));
                    names.add(check.check().section());
                    names.add(check.chapter().title());
                }
                throw new IllegalArgumentException(
                        "--only "
                                + pattern
                                + " fits no check; the nearest are "
                                + String.join(", ", Nearest.to(pattern, names)));
            }
        }
        List<CheckCase> selected =
                all.stream()
                        .filter(check -> check.check().strength().compareTo(weakest) <= 0)
                        .filter(
                                check ->
                                        only.isEmpty()
                                                || only.stream()
                                                        .anyMatch(each -> fits(each, check)))
                        .toList();
        if (selected.isEmpty()) {
            throw new IllegalArgumentException("no check of this strength fits --only");
        }
        return selected;
    }

    /** A section with those below it, or a part of an id or of a chapter's title. */
    private static boolean fits(String pattern, CheckCase check) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        String section = check.check().section().toLowerCase(Locale.ROOT);
        return section.equals(wanted)
                || section.startsWith(wanted + ".")
                || !wanted.matches("[\\d.]*")
                        && (check.id().toLowerCase(Locale.ROOT).contains(wanted)
                                || check.chapter().title().toLowerCase(Locale.ROOT).contains(wanted)
                                || section.startsWith(wanted));
    }
}
