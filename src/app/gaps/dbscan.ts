/** What is clustered: its direction, and how many points it stands for. */
export type ClusterPoint = { readonly vector: Float32Array; readonly weight: number };

export type DbscanOptions = {
  /** Largest distance of neighbours: 1 - cosine, from 0 to 2. */
  readonly radius: number;
  /** Least weight within the radius, its own included, of a point that a cluster grows from. */
  readonly minWeight: number;
};

/**
 * Clusters by density: indexes of the points of each cluster, ascending, in the order of their first; points that are
 * near to no core are in none. A border point between two clusters belongs to the one that is found first. Vectors must
 * be of length 1. Compares all pairs: a thousand points take a quarter of a second.
 * Source: Ester, Kriegel, Sander, Xu, KDD 1996.
 */
export function dbscan(points: readonly ClusterPoint[], { radius, minWeight }: DbscanOptions): number[][] {
  const neighbours = neighboursWithin(points, radius);
  const isCore = neighbours.map(
    (near, i) => (points[i]?.weight ?? 0) + near.reduce((sum, j) => sum + (points[j]?.weight ?? 0), 0) >= minWeight,
  );
  const clusterOf = new Map<number, number>();
  const clusters: number[][] = [];
  points.forEach((_, start) => {
    if (!isCore[start] || clusterOf.has(start)) return;
    const cluster = clusters.length;
    const members = [start];
    clusterOf.set(start, cluster);
    for (let next = 0; next < members.length; next++) {
      const member = members[next] as number;
      if (!isCore[member]) continue;
      for (const near of neighbours[member] ?? []) {
        if (clusterOf.has(near)) continue;
        clusterOf.set(near, cluster);
        members.push(near);
      }
    }
    clusters.push(members.sort((a, b) => a - b));
  });
  return clusters;
}

function neighboursWithin(points: readonly ClusterPoint[], radius: number): number[][] {
  const neighbours: number[][] = points.map(() => []);
  const least = 1 - radius;
  points.forEach((point, i) => {
    for (let j = 0; j < i; j++) {
      if (cosine(point.vector, (points[j] as ClusterPoint).vector) < least) continue;
      neighbours[i]?.push(j);
      neighbours[j]?.push(i);
    }
  });
  return neighbours;
}

/** Of vectors of length 1. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
