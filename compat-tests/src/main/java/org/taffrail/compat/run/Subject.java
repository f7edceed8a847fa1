// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.run;

import org.taffrail.compat.kit.CheckCase;
import org.taffrail.compat.kit.Strength;

/**
 * What a result is about: a check, without its code.
 *
 * @param id the check's id
 * @param chapter the title of its chapter
 * @param section where the statement stands
 * @param says the statement
 * @param strength how binding it is
 */
public record Subject(String id, String chapter, String section, String says, Strength strength) {
    /**
     * Describes a check.
     *
     * @param check the check
     * @return what its results are about
     */
    public static Subject of(CheckCase check) {
        return new Subject(
                check.id(),
                check.chapter().title(),
                check.check().section(),
                check.check().says(),
                check.check().strength());
    }
}
