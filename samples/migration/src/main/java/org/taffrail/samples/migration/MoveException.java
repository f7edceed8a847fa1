// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.migration;

/** Something that should have happened did not. */
final class MoveException extends Exception {
    private static final long serialVersionUID = 1L;

    MoveException(String message) {
        super(message);
    }
}
