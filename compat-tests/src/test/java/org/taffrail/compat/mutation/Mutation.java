// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

/** One way of breaking a provider: it stands between the application and each of its calls. */
@FunctionalInterface
interface Mutation {
    /** The one that breaks nothing. */
    Mutation NONE = Call::proceed;

    /**
     * Answers a call in the place of the provider.
     *
     * @param call the call; {@link Call#proceed} asks the provider
     * @return what the application gets
     * @throws Throwable what the application gets instead
     */
    Object answer(Call call) throws Throwable;
}
