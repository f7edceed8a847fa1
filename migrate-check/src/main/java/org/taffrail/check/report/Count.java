// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.report;

/**
 * How often something was used, and where in the application first.
 *
 * @param count how often
 * @param place the first place, empty where it is not known
 */
record Count(long count, String place) {
    /** Adds another file's; the place stays, where there is one. */
    Count plus(Count other) {
        return new Count(count + other.count, place.isEmpty() ? other.place : place);
    }
}
