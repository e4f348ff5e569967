/** Names, and beside each its value, in whatever direction that is written. */
export function Pairs({ facts }: { facts: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl className="pairs">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
