// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.core;

import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the core promises must hold whether a record is still in memory or has to be loaded: each
 * test runs with the usual window and with one that holds a single run.
 */
@ParameterizedClass(name = "window of {0} bytes")
@ValueSource(longs = {64 << 20, 1})
abstract class CoreTest {
    @Parameter long windowBytes;

    TestLimits limits() {
        return TestLimits.limits().windowBytes(windowBytes);
    }

    CoreRig rig() {
        return new CoreRig(limits());
    }
}
