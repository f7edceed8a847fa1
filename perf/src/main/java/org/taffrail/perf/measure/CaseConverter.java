// SPDX-License-Identifier: Apache-2.0
package org.taffrail.perf.measure;

import org.taffrail.perf.load.ThroughputCase;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a {@link ThroughputCase} as it is typed. */
public final class CaseConverter implements ITypeConverter<ThroughputCase> {
    /** A converter; it has no state. */
    public CaseConverter() {}

    @Override
    public ThroughputCase convert(String text) {
        try {
            return ThroughputCase.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
